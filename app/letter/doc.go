// Package letter says what a letter says: its facts, its wording and its checks; it draws nothing.
//
// Compose turns a Request (who, to whom, which claims, on which day) into a Letter: the frozen content,
// block by block in reading order, with every figure already written. A Letter holds plain strings, so
// that it can be stored as it was made. Package pdf gives it pages.
//
// What a letter must not say is refused here, not warned about: a fee asked of a consumer, a sum that
// does not add up, a name with a character that would print as an empty box. Refusals are *Refusal.
package letter
