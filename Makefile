# Dûment: two commands are enough for a person, "make run" and "make test". "make help" lists the others.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

# One set of flags for everything that is linked with the graphics library. Its C code takes minutes to
# compile, and each other set would compile it again: the window that is run, tested and packed is one.
GUI_FLAGS := -trimpath -buildvcs=false -tags migrated_fynedo -ldflags '-s -w'
WINDOWS_GUI_FLAGS := -trimpath -buildvcs=false -tags migrated_fynedo -ldflags '-s -w -H=windowsgui'
# The companion is pure Go on every system.
CLI_FLAGS := -trimpath -buildvcs=false -ldflags '-s -w'
# Tests draw their windows in memory: no C compiler, no screen.
TEST_FLAGS := -tags ci,migrated_fynedo
PURE := CGO_ENABLED=0
WINDOWS := CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc

# The race detector watches every package but these, each with its reason; they run without it.
#   storage, cmd/...  SQLite is fourteen times slower under it, and these drive whole ledgers
#   pdf, app/letter   one goroutine only; fonts and pages are heavy
#   internal/house    reads source text; one goroutine only
NOT_RACED := ^dument/(storage|cmd|pdf|app/letter|internal)(/|$$)

FUZZ_SECONDS ?= 5
BENCH ?= .
STEP := tools/step.sh

.PHONY: help run test demo bench check dist fuzz clean \
	gui cli format vet modules house race raced fuzz-short builds elsewhere all-tests licences

help: ## this list
	@printf 'make TARGET, where TARGET is one of\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-11s %s\n", $$1, $$2}' Makefile

run: ## build, make the example ledger at the first run, open the window (or a virtual one)
	@tools/setup.sh "$$(tools/run.sh needs)"
	@$(MAKE) gui cli
	@tools/run.sh start

demo: ## the whole road with the terminal companion alone, step by step (pure Go, no system packages)
	@$(MAKE) cli
	@rm -rf out/demo && mkdir -p out
	bin/dument-cli demo out/demo

test: ## everything that the continuous integration runs; installs what it needs
	@tools/setup.sh test
	@$(MAKE) format modules vet house race builds fuzz-short all-tests

check: ## the quick look before a commit: format, vet, house rules, short tests of what changed
	@$(MAKE) format vet house
	@$(STEP) 900 'short tests (unchanged packages come from the cache)' \
		env $(PURE) go test -short -timeout 10m $(TEST_FLAGS) ./...

bench: ## time and memory of the heavy jobs with 1,000, 10,000 and 100,000 invoices (BENCH=regexp to choose)
	$(PURE) go test -run '^$$' -bench '$(BENCH)' -benchmem -timeout 60m -p 1 $(TEST_FLAGS) ./...

dist: ## packages for Linux (tar.xz, deb) and Windows (zip) in dist/
	@tools/setup.sh dist
	@tools/dist.sh

fuzz: ## every fuzz target for FUZZ_SECONDS seconds each (default 5)
	@tools/fuzz.sh $(FUZZ_SECONDS)

licences: ## gathers again the licence texts of the modules in go.mod
	@go mod download
	@go -C tools run ./licences ..

clean: ## removes what was built, the example ledger of "make run" too
	rm -rf bin out dist

# ---- the pieces ----

# Tests speak French wherever they run, so that a machine's own language changes nothing.
test check bench fuzz: export LANG := fr_FR.UTF-8
test check bench fuzz: export LC_CTYPE := C.UTF-8
test check bench fuzz: export LC_ALL :=
test check bench fuzz: export LANGUAGE :=

gui:
	@mkdir -p bin
	@[ -e bin/dument ] || printf 'building the window: the first build takes some minutes\n'
	CGO_ENABLED=1 go build $(GUI_FLAGS) -o bin/ ./cmd/dument

cli:
	@mkdir -p bin
	$(PURE) go build $(CLI_FLAGS) -o bin/ ./cmd/dument-cli

format:
	@$(STEP) 120 'formatting' tools/format.sh

modules:
	@$(STEP) 900 'modules: complete, unchanged, tidy' tools/modules.sh

vet:
	@$(STEP) 1800 'go vet' env $(PURE) go vet $(TEST_FLAGS) ./...
	@$(STEP) 300 'go vet of the tools' env $(PURE) go -C tools vet ./...

house:
	@$(STEP) 300 'house rules' env $(PURE) go test -short -timeout 4m $(TEST_FLAGS) ./internal/house

race:
	@$(STEP) 2400 'tests under the race detector' $(MAKE) raced

raced:
	@$(PURE) go list $(TEST_FLAGS) ./... | grep -v -E '$(NOT_RACED)' | \
		CGO_ENABLED=1 xargs go test -race -short -timeout 15m $(TEST_FLAGS)

builds:
	@$(STEP) 2400 'build for Linux' $(MAKE) gui cli
	@$(STEP) 2400 'build for Windows, and of the companion for macOS' $(MAKE) elsewhere

elsewhere:
	$(WINDOWS) go build $(WINDOWS_GUI_FLAGS) -o bin/ ./cmd/dument
	$(PURE) GOOS=windows go build $(CLI_FLAGS) -o bin/ ./cmd/dument-cli
	$(PURE) GOOS=darwin GOARCH=arm64 go build $(CLI_FLAGS) -o bin/macos/ ./cmd/dument-cli

fuzz-short:
	@$(STEP) 1800 'fuzzing, $(FUZZ_SECONDS) s each' tools/fuzz.sh $(FUZZ_SECONDS)

# Last on purpose: the summary of go test closes the output. A missing screen, mail server or PDF reader
# fails its test here instead of skipping it.
all-tests: export DUMENT_REQUIRE_REAL := 1
all-tests: export DUMENT_GUI := $(CURDIR)/bin/dument
all-tests: export DUMENT_CLI := $(CURDIR)/bin/dument-cli
all-tests:
	@$(STEP) --last 2400 'all tests, with the real window and the real servers' \
		env $(PURE) go test -count=1 -timeout 20m $(TEST_FLAGS) ./...
