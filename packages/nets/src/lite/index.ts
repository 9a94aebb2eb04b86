export { translateLite } from './translate-lite.ts';
