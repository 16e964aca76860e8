-- The first ledger. Amounts are integer cents, dates are ISO texts, digests are lower-case hex.
--
-- Facts (invoice, payment, allocation, letter, ...) carry the journal entry that wrote them, and
-- triggers refuse to change or delete them. Each journal entry holds a digest of the facts it wrote.
-- "entry" is no foreign key: the entry is written after its facts, and a deferred key would make
-- SQLite look for them through every table at each commit. Verification holds the two together.
-- "balance" is derived from facts by triggers, so that a list of a hundred thousand invoices needs
-- no sum; verification recomputes it. Checks of more than two values are written out, because SQLite
-- builds a table for each IN at each row.

CREATE TABLE meta (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  ledger_id TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
  seq     INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,
  on_date TEXT NOT NULL,
  kind    TEXT NOT NULL,
  body    TEXT NOT NULL,
  facts   TEXT NOT NULL,
  prev    TEXT NOT NULL,
  hash    TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
  id    INTEGER PRIMARY KEY,
  body  TEXT NOT NULL,
  entry INTEGER NOT NULL
) STRICT;

CREATE TABLE rate (
  id                 INTEGER PRIMARY KEY,
  semester           TEXT NOT NULL,
  ecb                INTEGER, -- millionths, NULL when not entered
  legal_professional INTEGER, -- millionths
  legal_individual   INTEGER, -- millionths
  source             TEXT NOT NULL,
  entry              INTEGER NOT NULL
) STRICT;

CREATE TABLE client (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL CHECK (name <> ''),
  kind          TEXT NOT NULL CHECK (kind = 'business' OR kind = 'consumer' OR kind = 'public'),
  kind_origin   TEXT NOT NULL,
  email         TEXT NOT NULL,
  phone         TEXT NOT NULL,
  siren         TEXT NOT NULL,
  siret         TEXT NOT NULL,
  vat_number    TEXT NOT NULL,
  address       TEXT NOT NULL, -- lines, parted by a line feed
  salutation    TEXT NOT NULL,
  service       TEXT NOT NULL,
  engagement    TEXT NOT NULL,
  payment_days  INTEGER NOT NULL CHECK (payment_days >= 0),
  contract_rate INTEGER,       -- millionths
  insolvency    TEXT NOT NULL,
  language      TEXT NOT NULL,
  notes         TEXT NOT NULL,
  aliases       TEXT NOT NULL, -- lines
  ibans         TEXT NOT NULL, -- lines
  merged_into   INTEGER REFERENCES client (id),
  erased_on     TEXT NOT NULL,
  entry         INTEGER NOT NULL
) STRICT;
CREATE INDEX client_name ON client (name);

CREATE TABLE batch (
  id     INTEGER PRIMARY KEY,
  file   TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  kind   TEXT NOT NULL,
  added  INTEGER NOT NULL,
  on_date TEXT NOT NULL,
  entry  INTEGER NOT NULL
) STRICT;

CREATE TABLE batch_undo (
  id      INTEGER PRIMARY KEY,
  batch   INTEGER NOT NULL UNIQUE REFERENCES batch (id),
  on_date TEXT NOT NULL,
  entry   INTEGER NOT NULL
) STRICT;

CREATE TABLE invoice (
  id            INTEGER PRIMARY KEY,
  number        TEXT NOT NULL CHECK (number <> ''),
  client        INTEGER NOT NULL REFERENCES client (id),
  type          TEXT NOT NULL CHECK (type = 'invoice' OR type = 'deposit' OR type = 'credit_note'),
  amount_cents  INTEGER NOT NULL CHECK (amount_cents > 0),
  currency      TEXT NOT NULL CHECK (length(currency) = 3),
  issued        TEXT NOT NULL CHECK (length(issued) = 10),
  due           TEXT NOT NULL CHECK (length(due) = 10),
  due_origin    TEXT NOT NULL,
  subject       TEXT NOT NULL,
  order_ref     TEXT NOT NULL,
  corrects      INTEGER REFERENCES invoice (id),
  contract_rate INTEGER, -- millionths
  notes         TEXT NOT NULL,
  batch         INTEGER REFERENCES batch (id),
  entry         INTEGER NOT NULL,
  withdrawn     INTEGER -- the entry that undid its import; the only column that ever changes, once
) STRICT;
CREATE UNIQUE INDEX invoice_number ON invoice (number) WHERE withdrawn IS NULL;
CREATE INDEX invoice_corrects ON invoice (corrects) WHERE corrects IS NOT NULL;

CREATE TABLE payment (
  id             INTEGER PRIMARY KEY,
  key            TEXT UNIQUE,
  paid_on        TEXT NOT NULL CHECK (length(paid_on) = 10),
  amount_cents   INTEGER NOT NULL CHECK (amount_cents <> 0),
  currency       TEXT NOT NULL,
  client         INTEGER REFERENCES client (id),
  payer          TEXT NOT NULL,
  reference      TEXT NOT NULL,
  transaction_id TEXT NOT NULL,
  evidence       TEXT NOT NULL CHECK (evidence = 'notified' OR evidence = 'confirmed'),
  source         TEXT NOT NULL,
  message        INTEGER REFERENCES message (id),
  reverses       INTEGER UNIQUE REFERENCES payment (id),
  batch          INTEGER REFERENCES batch (id),
  entry          INTEGER NOT NULL,
  CHECK ((amount_cents < 0) = (reverses IS NOT NULL))
) STRICT;
CREATE INDEX payment_day ON payment (paid_on);
CREATE INDEX payment_transaction ON payment (transaction_id) WHERE transaction_id <> '';

CREATE TABLE allocation (
  id           INTEGER PRIMARY KEY,
  payment      INTEGER NOT NULL REFERENCES payment (id),
  invoice      INTEGER NOT NULL REFERENCES invoice (id),
  part         TEXT NOT NULL CHECK (part = 'principal' OR part = 'interest' OR part = 'indemnity'),
  amount_cents INTEGER NOT NULL CHECK (amount_cents <> 0),
  reverses     INTEGER UNIQUE REFERENCES allocation (id),
  entry        INTEGER NOT NULL,
  CHECK ((amount_cents < 0) = (reverses IS NOT NULL))
) STRICT;
CREATE INDEX allocation_invoice ON allocation (invoice);
CREATE INDEX allocation_payment ON allocation (payment);

CREATE TABLE document (
  id         INTEGER PRIMARY KEY,
  sha256     TEXT NOT NULL UNIQUE,
  media_type TEXT NOT NULL,
  size       INTEGER NOT NULL,
  bytes      BLOB NOT NULL,
  entry      INTEGER NOT NULL
) STRICT;

CREATE TABLE document_link (
  id      INTEGER PRIMARY KEY,
  sha256  TEXT NOT NULL REFERENCES document (sha256),
  kind    TEXT NOT NULL,
  target  INTEGER NOT NULL,
  name    TEXT NOT NULL,
  entry   INTEGER NOT NULL
) STRICT;
CREATE INDEX document_link_target ON document_link (kind, target);

CREATE TABLE letter (
  id          INTEGER PRIMARY KEY,
  number      TEXT NOT NULL UNIQUE,
  year        INTEGER NOT NULL,
  ordinal     INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  client      INTEGER NOT NULL REFERENCES client (id),
  on_date     TEXT NOT NULL,
  deadline    TEXT NOT NULL,
  total_cents INTEGER NOT NULL,
  pages       INTEGER NOT NULL,
  sha256      TEXT NOT NULL REFERENCES document (sha256) DEFERRABLE INITIALLY DEFERRED,
  facts       TEXT NOT NULL,
  content     TEXT NOT NULL, -- JSON
  entry       INTEGER NOT NULL,
  UNIQUE (year, ordinal)
) STRICT;
CREATE INDEX letter_facts ON letter (facts);

CREATE TABLE letter_invoice (
  id      INTEGER PRIMARY KEY,
  letter  INTEGER NOT NULL REFERENCES letter (id),
  invoice INTEGER NOT NULL REFERENCES invoice (id),
  entry   INTEGER NOT NULL,
  UNIQUE (letter, invoice)
) STRICT;
CREATE INDEX letter_invoice_invoice ON letter_invoice (invoice);

CREATE TABLE letter_event (
  id      INTEGER PRIMARY KEY,
  letter  INTEGER NOT NULL REFERENCES letter (id),
  kind    TEXT NOT NULL CHECK (kind = 'posted' OR kind = 'presented' OR kind = 'delivered' OR kind = 'returned'),
  on_date TEXT NOT NULL CHECK (length(on_date) = 10),
  number  TEXT NOT NULL,
  reason  TEXT NOT NULL,
  proof   TEXT NOT NULL,
  entry   INTEGER NOT NULL
) STRICT;
CREATE INDEX letter_event_letter ON letter_event (letter);

CREATE TABLE contact (
  id      INTEGER PRIMARY KEY,
  invoice INTEGER NOT NULL REFERENCES invoice (id),
  step    TEXT NOT NULL,
  channel TEXT NOT NULL,
  on_date TEXT NOT NULL CHECK (length(on_date) = 10),
  note    TEXT NOT NULL,
  entry   INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_invoice ON contact (invoice);

CREATE TABLE message (
  id           INTEGER PRIMARY KEY,
  sha256       TEXT NOT NULL UNIQUE,
  header_id    TEXT NOT NULL,
  file         TEXT NOT NULL,
  uid          INTEGER NOT NULL,
  validity     INTEGER NOT NULL,
  on_date      TEXT NOT NULL,
  sender       TEXT NOT NULL,
  subject      TEXT NOT NULL,
  class        TEXT NOT NULL,
  evidence     TEXT NOT NULL,
  decision     TEXT NOT NULL,
  amount_cents INTEGER NOT NULL,
  currency     TEXT NOT NULL,
  payer        TEXT NOT NULL,
  paid_on      TEXT NOT NULL,
  reference    TEXT NOT NULL,
  excerpt      TEXT NOT NULL,
  reading      TEXT NOT NULL, -- JSON
  entry        INTEGER NOT NULL
) STRICT;

CREATE TABLE message_concern (
  id      INTEGER PRIMARY KEY,
  message INTEGER NOT NULL REFERENCES message (id),
  invoice INTEGER NOT NULL REFERENCES invoice (id),
  entry   INTEGER NOT NULL,
  UNIQUE (message, invoice)
) STRICT;
CREATE INDEX message_concern_invoice ON message_concern (invoice);

CREATE TABLE message_settlement (
  id      INTEGER PRIMARY KEY,
  message INTEGER NOT NULL REFERENCES message (id),
  action  TEXT NOT NULL CHECK (action = 'accepted' OR action = 'rejected' OR action = 'undone'),
  payment INTEGER REFERENCES payment (id),
  on_date TEXT NOT NULL,
  entry   INTEGER NOT NULL
) STRICT;
CREATE INDEX message_settlement_message ON message_settlement (message);

CREATE TABLE seen (
  id       INTEGER PRIMARY KEY,
  sha256   TEXT NOT NULL UNIQUE,
  uid      INTEGER NOT NULL,
  validity INTEGER NOT NULL,
  entry    INTEGER NOT NULL
) STRICT;

CREATE TABLE cursor (
  folder   TEXT PRIMARY KEY,
  validity INTEGER NOT NULL,
  last_uid INTEGER NOT NULL
) STRICT;

CREATE TABLE lease (
  name   TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  until  TEXT NOT NULL
) STRICT;

-- The latest day on which an invoice, a credit note or a payment is dated: from then on, what is owed is
-- what the balances say.
CREATE TABLE latest (
  id  INTEGER PRIMARY KEY CHECK (id = 1),
  day TEXT NOT NULL
) STRICT;
INSERT INTO latest (id, day) VALUES (1, '');

-- What each invoice is worth in the books, by all facts known. Its references are the triggers' and
-- verification's to keep: keys would be looked up again for each invoice of an import.
CREATE TABLE balance (
  invoice         INTEGER PRIMARY KEY,
  client          INTEGER NOT NULL, -- who owes it today: merges move it
  due             TEXT NOT NULL,
  currency        TEXT NOT NULL,
  amount_cents    INTEGER NOT NULL,
  credited_cents  INTEGER NOT NULL DEFAULT 0,
  principal_cents INTEGER NOT NULL DEFAULT 0,
  extras_cents    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX balance_open ON balance (client, currency, due, amount_cents, credited_cents, principal_cents)
  WHERE amount_cents > credited_cents + principal_cents;

CREATE TRIGGER invoice_makes_balance AFTER INSERT ON invoice WHEN NEW.type <> 'credit_note'
BEGIN
  INSERT INTO balance (invoice, client, due, currency, amount_cents)
  VALUES (NEW.id, (SELECT coalesce(merged_into, id) FROM client WHERE id = NEW.client), NEW.due, NEW.currency,
    NEW.amount_cents);
END;

CREATE TRIGGER credit_note_reduces_balance AFTER INSERT ON invoice WHEN NEW.corrects IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'corrects no invoice that is owed')
  WHERE NOT EXISTS (SELECT 1 FROM balance WHERE invoice = NEW.corrects);
  UPDATE balance SET credited_cents = credited_cents + NEW.amount_cents WHERE invoice = NEW.corrects;
END;

CREATE TRIGGER allocation_needs_balance BEFORE INSERT ON allocation
WHEN NOT EXISTS (SELECT 1 FROM balance WHERE invoice = NEW.invoice)
BEGIN SELECT RAISE(ABORT, 'allocated to no invoice that is owed'); END;

CREATE TRIGGER allocation_moves_balance AFTER INSERT ON allocation
BEGIN
  UPDATE balance SET
    principal_cents = principal_cents + iif(NEW.part = 'principal', NEW.amount_cents, 0),
    extras_cents = extras_cents + iif(NEW.part = 'principal', 0, NEW.amount_cents)
  WHERE invoice = NEW.invoice;
END;

CREATE TRIGGER withdrawal_ends_balance AFTER UPDATE OF withdrawn ON invoice
BEGIN
  DELETE FROM balance WHERE invoice = NEW.id;
  UPDATE balance SET credited_cents = credited_cents - NEW.amount_cents
  WHERE invoice = NEW.corrects AND NEW.type = 'credit_note';
END;

-- What must not change does not change. An invoice can be withdrawn once, by the undoing of its import.
CREATE TRIGGER invoice_immutable BEFORE UPDATE ON invoice
WHEN OLD.withdrawn IS NOT NULL OR NEW.withdrawn IS NULL
  OR (NEW.id, NEW.number, NEW.client, NEW.type, NEW.amount_cents, NEW.currency, NEW.issued, NEW.due,
      NEW.due_origin, NEW.subject, NEW.order_ref, NEW.corrects, NEW.contract_rate, NEW.notes, NEW.batch,
      NEW.entry)
  IS NOT (OLD.id, OLD.number, OLD.client, OLD.type, OLD.amount_cents, OLD.currency, OLD.issued, OLD.due,
      OLD.due_origin, OLD.subject, OLD.order_ref, OLD.corrects, OLD.contract_rate, OLD.notes, OLD.batch,
      OLD.entry)
BEGIN SELECT RAISE(ABORT, 'immutable: invoice'); END;
CREATE TRIGGER invoice_kept BEFORE DELETE ON invoice
BEGIN SELECT RAISE(ABORT, 'immutable: invoice'); END;
CREATE TRIGGER client_kept BEFORE DELETE ON client
BEGIN SELECT RAISE(ABORT, 'immutable: client'); END;
CREATE TRIGGER journal_immutable BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'immutable: journal'); END;
CREATE TRIGGER journal_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'immutable: journal'); END;
CREATE TRIGGER settings_immutable BEFORE UPDATE ON settings
BEGIN SELECT RAISE(ABORT, 'immutable: settings'); END;
CREATE TRIGGER settings_kept BEFORE DELETE ON settings
BEGIN SELECT RAISE(ABORT, 'immutable: settings'); END;
CREATE TRIGGER rate_immutable BEFORE UPDATE ON rate
BEGIN SELECT RAISE(ABORT, 'immutable: rate'); END;
CREATE TRIGGER rate_kept BEFORE DELETE ON rate
BEGIN SELECT RAISE(ABORT, 'immutable: rate'); END;
CREATE TRIGGER batch_immutable BEFORE UPDATE ON batch
BEGIN SELECT RAISE(ABORT, 'immutable: batch'); END;
CREATE TRIGGER batch_kept BEFORE DELETE ON batch
BEGIN SELECT RAISE(ABORT, 'immutable: batch'); END;
CREATE TRIGGER batch_undo_immutable BEFORE UPDATE ON batch_undo
BEGIN SELECT RAISE(ABORT, 'immutable: batch_undo'); END;
CREATE TRIGGER batch_undo_kept BEFORE DELETE ON batch_undo
BEGIN SELECT RAISE(ABORT, 'immutable: batch_undo'); END;
CREATE TRIGGER payment_immutable BEFORE UPDATE ON payment
BEGIN SELECT RAISE(ABORT, 'immutable: payment'); END;
CREATE TRIGGER payment_kept BEFORE DELETE ON payment
BEGIN SELECT RAISE(ABORT, 'immutable: payment'); END;
CREATE TRIGGER allocation_immutable BEFORE UPDATE ON allocation
BEGIN SELECT RAISE(ABORT, 'immutable: allocation'); END;
CREATE TRIGGER allocation_kept BEFORE DELETE ON allocation
BEGIN SELECT RAISE(ABORT, 'immutable: allocation'); END;
CREATE TRIGGER document_immutable BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'immutable: document'); END;
CREATE TRIGGER document_kept BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'immutable: document'); END;
CREATE TRIGGER document_link_immutable BEFORE UPDATE ON document_link
BEGIN SELECT RAISE(ABORT, 'immutable: document_link'); END;
CREATE TRIGGER document_link_kept BEFORE DELETE ON document_link
BEGIN SELECT RAISE(ABORT, 'immutable: document_link'); END;
CREATE TRIGGER letter_immutable BEFORE UPDATE ON letter
BEGIN SELECT RAISE(ABORT, 'immutable: letter'); END;
CREATE TRIGGER letter_kept BEFORE DELETE ON letter
BEGIN SELECT RAISE(ABORT, 'immutable: letter'); END;
CREATE TRIGGER letter_invoice_immutable BEFORE UPDATE ON letter_invoice
BEGIN SELECT RAISE(ABORT, 'immutable: letter_invoice'); END;
CREATE TRIGGER letter_invoice_kept BEFORE DELETE ON letter_invoice
BEGIN SELECT RAISE(ABORT, 'immutable: letter_invoice'); END;
CREATE TRIGGER letter_event_immutable BEFORE UPDATE ON letter_event
BEGIN SELECT RAISE(ABORT, 'immutable: letter_event'); END;
CREATE TRIGGER letter_event_kept BEFORE DELETE ON letter_event
BEGIN SELECT RAISE(ABORT, 'immutable: letter_event'); END;
CREATE TRIGGER message_immutable BEFORE UPDATE ON message
BEGIN SELECT RAISE(ABORT, 'immutable: message'); END;
CREATE TRIGGER message_kept BEFORE DELETE ON message
BEGIN SELECT RAISE(ABORT, 'immutable: message'); END;
CREATE TRIGGER message_concern_immutable BEFORE UPDATE ON message_concern
BEGIN SELECT RAISE(ABORT, 'immutable: message_concern'); END;
CREATE TRIGGER message_concern_kept BEFORE DELETE ON message_concern
BEGIN SELECT RAISE(ABORT, 'immutable: message_concern'); END;
CREATE TRIGGER message_settlement_immutable BEFORE UPDATE ON message_settlement
BEGIN SELECT RAISE(ABORT, 'immutable: message_settlement'); END;
CREATE TRIGGER message_settlement_kept BEFORE DELETE ON message_settlement
BEGIN SELECT RAISE(ABORT, 'immutable: message_settlement'); END;
CREATE TRIGGER seen_immutable BEFORE UPDATE ON seen
BEGIN SELECT RAISE(ABORT, 'immutable: seen'); END;
CREATE TRIGGER seen_kept BEFORE DELETE ON seen
BEGIN SELECT RAISE(ABORT, 'immutable: seen'); END;
CREATE TRIGGER meta_immutable BEFORE UPDATE ON meta
BEGIN SELECT RAISE(ABORT, 'immutable: meta'); END;
CREATE TRIGGER meta_kept BEFORE DELETE ON meta
BEGIN SELECT RAISE(ABORT, 'immutable: meta'); END;
CREATE TRIGGER contact_immutable BEFORE UPDATE ON contact
BEGIN SELECT RAISE(ABORT, 'immutable: contact'); END;
CREATE TRIGGER contact_kept BEFORE DELETE ON contact
BEGIN SELECT RAISE(ABORT, 'immutable: contact'); END;
