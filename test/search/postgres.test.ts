import { postgresSearch } from '../../src/platform/search/postgres/engine.js';
import { searchContract } from './contract.js';
import { filterContract } from './filter-contract.js';
import { openBench } from './open-bench.js';

searchContract(postgresSearch, openBench);
filterContract(postgresSearch, openBench);
