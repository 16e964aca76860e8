// Package storage keeps the ledger in one SQLite file.
//
// # Promises
//
// What Update acknowledged is on disk: journal_mode=TRUNCATE with synchronous=FULL, so that at rest
// the ledger is one file (an empty -journal may stand beside it). One transaction is one act of the
// user, and writes its facts and their journal entry together. A disk that failed a write or a
// synchronisation gets no second try: the ledger takes no more writes until it is opened again.
//
// Facts are never changed or deleted; triggers refuse it. Every journal entry holds the digest of the
// facts that it wrote and the hash of the entry before; the end of this chain is also kept outside the
// file (Heads), so that Verify finds a changed bit, a missing row and a cut tail. Verify also holds
// against the facts what is derived from them (balances, the latest day), and the schema against the
// migrations. Two things are no facts and stay outside: how far the mailbox was read, and the leases.
//
// A file that is not a ledger, is damaged in its first bytes, or was written by a later version is
// refused before SQLite touches it, and its bytes stay as they are. One that cannot be written is read,
// verified and copied all the same. Several processes may have one ledger open, whatever name leads to
// it; each holds a shared kernel lock that dies with it, and SQLite serialises their writes. What
// replaces the file or its schema takes the lock alone. The lock is kept by name: processes that do not
// share a state folder do not see each other's, and then SQLite's locks alone keep them apart.
//
// # Schema
//
// The numbered files in migrations are the schema's history. Each is applied in one transaction with
// its user_version, after a verified copy of the ledger was made. A ledger of each past version is kept
// in testdata and opens for ever; it is never written anew.
package storage
