import { afterEach, expect, test } from 'vitest';
import { forgetSearches, recallSearch, rememberSearch } from './search-memory.ts';

afterEach(forgetSearches);

test('coming back to a list finds what was searched there', () => {
  rememberSearch('subjects', 'kind=caterer', '面馆');
  expect(recallSearch('subjects', 'kind=caterer')).toBe('面馆');
  expect(recallSearch('tasks', 'kind=caterer')).toBe('');
});

test('a link that asks for something else is not narrowed by an earlier search', () => {
  rememberSearch('tasks', '', '面馆');
  expect(recallSearch('tasks', 'time=overdue')).toBe('');
});

test('the next officer does not see what the last one looked for', () => {
  rememberSearch('subjects', '', '面馆');
  forgetSearches();
  expect(recallSearch('subjects', '')).toBe('');
});
