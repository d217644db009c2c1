import { postgresSearch } from '../../src/platform/search/postgres/engine.js';
import { searchContract } from './contract.js';
import { filterContract } from './filter-contract.js';
import { openBench } from './open-bench.js';
import { wordsContract } from './words-contract.js';

searchContract(postgresSearch, openBench);
filterContract(postgresSearch, openBench);
wordsContract(postgresSearch, openBench);
