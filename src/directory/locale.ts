export { languageOf } from '../access/index.js';
