// Package storage keeps the ledger in one SQLite file.
//
// # Promises
//
// What Update acknowledged is on disk: journal_mode=TRUNCATE with synchronous=FULL, so that at rest
// the ledger is one file (an empty -journal may stand beside it). One transaction is one act of the
// user, and writes its facts and their journal entry together. Facts are never changed or deleted;
// triggers refuse it. Every journal entry holds the digest of the facts that it wrote and the hash
// of the entry before; the end of this chain is also kept outside the file (Heads), so that Verify
// finds a changed bit, a missing row and a cut tail.
//
// A file that is not a ledger, is damaged, or was written by a later version is refused before
// SQLite touches it, and its bytes stay as they are. Several processes may have one ledger open; each
// holds a shared kernel lock that dies with it, and SQLite serialises their writes.
//
// # Schema
//
// The numbered files in migrations are the schema's history. Each is applied in one transaction with
// its user_version, after a verified copy of the ledger was made.
package storage
