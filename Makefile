# What is costly to make lies outside the checkout, so that the next clone starts at once.
CACHE ?= $(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME),$(HOME)/.cache)/seccoder
TOOLS := $(CACHE)/tools
LINT_VERSION := v2.15.0
LINT := $(TOOLS)/golangci-lint-$(LINT_VERSION)
SUM_VERSION := v1.13.0
SUM := $(TOOLS)/gotestsum-$(SUM_VERSION)
VENV := $(TOOLS)/python-test
GOSEC_VERSION := v2.30.0
# The checkers' tests run the real checkers, each from a folder of its own.
CHECKERS := $(TOOLS)/checkers
CHECKER_PATH := $(CHECKERS)/bandit/bin:$(CHECKERS)/semgrep/bin:$(CHECKERS)/gosec-$(GOSEC_VERSION)
# A database server of many modules: some ten minutes of a core to build, once. Nothing is linked
# into the program.
WEAVIATE_VERSION := v1.35.2
WEAVIATE := $(TOOLS)/weaviate-server-$(WEAVIATE_VERSION)
# What only the system's packages bring: the package, and the command that shows that it is there.
SYSTEM_TOOLS := clang:clang cppcheck:cppcheck bubblewrap:bwrap chromium:chromium valgrind:valgrind sqlite3:sqlite3
# Where "make test" leaves the events of go test -json.
TEST_REPORT ?= /dev/null
# How many packages are tested at once: one more than there are cores, since the tests of the
# sandbox and of servers mostly wait.
TEST_PACKAGES ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
# What "make head" takes ordinary code from.
ORDINARY := $(CACHE)/ordinary
# With how many adds "make cluster" tests the loss of a node.
CLUSTER_ADDS ?= 300
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null)
# SVEN's data, where they lie beside this checkout; tests that need them are skipped without.
SECCODER_SVEN ?= $(abspath $(firstword $(wildcard ../shared/data/sven ../sven)))
TEST_MODELS := llama-cpp all-minilm-l6-v2 smollm2-135m qwen2.5-coder-0.5b qwen2.5-coder-1.5b

export CGO_ENABLED ?= 0
export SECCODER_SVEN

.DEFAULT_GOAL := help

## demo: build, get the engine and the models, and complete three files with and without demonstrations
.PHONY: demo
demo: build
	bin/seccoder models pull
	bin/seccoder demo

## build: build bin/seccoder
.PHONY: build
build:
	go build -trimpath -ldflags '-X github.com/seccoder/seccoder/internal/cli.version=$(VERSION)' -o bin/seccoder ./cmd/seccoder

# The race detector needs cgo; what is shipped has none, so what crosses into the engine
# runs once more without. Its runtime sleeps a second at each exit unless it is told not to, and
# tests start many processes of their own.
## test: get what the tests need, and run them all with the race detector
.PHONY: test
test: build test-tools
	CGO_ENABLED=1 GORACE=atexit_sleep_ms=0 SECCODER_TEST_REQUIRE=1 SECCODER_TEST_PYTHON=$(VENV)/bin/python SECCODER_TEST_CHECKERS=$(CHECKER_PATH) \
		$(SUM) --format pkgname-and-test-fails --jsonfile $(TEST_REPORT) -- -race -p $(TEST_PACKAGES) -timeout 30m ./...
	SECCODER_TEST_REQUIRE=1 go test ./internal/engine/... ./generation/llama
	SECCODER_TEST_REQUIRE=1 go test ./internal/cli -run 'Model|Password|RetrievalFigures'

# They take minutes to get and are independent of each other: make -j2 test-tools.
.PHONY: test-tools
test-tools: system-tools test-models $(VENV)/ready $(SUM) checkers

.PHONY: test-models
test-models: build
	bin/seccoder models pull $(TEST_MODELS)

# The tests of generation/openai start llama.cpp's own server from this Python package.
$(VENV)/ready: generation/openai/testdata/requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

# The compilers, the sandbox and the browser that the tests use. As root, or with a sudo that
# asks for nothing, what is missing is installed; anybody else is told what to install.
.PHONY: system-tools
system-tools:
	@missing=; for tool in $(SYSTEM_TOOLS); do command -v $${tool#*:} >/dev/null || missing="$$missing $${tool%%:*}"; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as=sudo; else \
		echo "the tests need these packages:$$missing; install them, as in: sudo apt-get install$$missing" >&2; exit 1; fi; \
	echo "installing$$missing"; $$as apt-get -qq update && DEBIAN_FRONTEND=noninteractive $$as apt-get -qq install -y $$missing >/dev/null

.PHONY: checkers
checkers: $(CHECKERS)/bandit/ready $(CHECKERS)/semgrep/ready $(CHECKERS)/gosec-$(GOSEC_VERSION)/gosec

$(CHECKERS)/bandit/ready: check/testdata/requirements.txt
$(CHECKERS)/semgrep/ready: check/semgrep/testdata/requirements.txt
$(CHECKERS)/bandit/ready $(CHECKERS)/semgrep/ready:
	python3 -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

$(CHECKERS)/gosec-$(GOSEC_VERSION)/gosec:
	mkdir -p $(@D)
	GOBIN=$(@D) go install github.com/securego/gosec/v2/cmd/gosec@$(GOSEC_VERSION)

.PHONY: weaviate
weaviate: $(WEAVIATE)

$(WEAVIATE):
	mkdir -p $(TOOLS)
	GOBIN=$(TOOLS) go install -trimpath -ldflags '-s -w' github.com/weaviate/weaviate/cmd/weaviate-server@$(WEAVIATE_VERSION)
	mv $(TOOLS)/weaviate-server $@

## lint: vet, formatting and golangci-lint
.PHONY: lint
lint: $(LINT)
	go vet ./...
	$(LINT) run ./...

$(LINT):
	mkdir -p $(TOOLS)
	GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv $(TOOLS)/golangci-lint $@

$(SUM):
	mkdir -p $(TOOLS)
	GOBIN=$(TOOLS) go install gotest.tools/gotestsum@$(SUM_VERSION)
	mv $(TOOLS)/gotestsum $@

# "make build" has linux/amd64 on most machines; with these, each system and each architecture
# was compiled for once. All pairs take six minutes from an empty cache.
## cross: compile for the other systems and architectures
.PHONY: cross
cross:
	@set -e; for platform in linux/arm64 darwin/arm64 windows/amd64; do \
		echo "build $$platform"; GOOS=$${platform%/*} GOARCH=$${platform#*/} go build -o /dev/null ./cmd/seccoder; done

## vectors: compute the vectors of the starter examples and of the weaknesses again, after a change
.PHONY: vectors
vectors: build
	bin/seccoder models pull llama-cpp all-minilm-l6-v2
	go run ./internal/startervectors corpus/all-minilm-l6-v2.vectors retrieval/weaknesses.vectors

# sven stops what wants SVEN's data where there is none.
.PHONY: sven
sven:
	@test -n "$(SECCODER_SVEN)" || { echo "make $(MAKECMDGOALS) wants SVEN's data: a checkout of eth-sri/sven beside this one, or its folder in SECCODER_SVEN" >&2; exit 1; }

## head: train the head of the fused retriever, and what tells ordinary code, again, after a change of the corpus; wants SVEN's data
.PHONY: head
head: sven build $(ORDINARY)/ready
	bin/seccoder models pull llama-cpp all-minilm-l6-v2
	go run ./internal/trainhead $(SECCODER_SVEN) retrieval/head.json.gz
	go run ./internal/trainhead -danger $(ORDINARY) $(SECCODER_SVEN) retrieval/danger.json.gz

# Packages of Python code, which are read and never installed.
$(ORDINARY)/ready: internal/trainhead/ordinary.txt
	rm -rf $(@D)
	python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes --dest $(@D) -r $<
	touch $@

## leave-out: train heads without one weakness each, and say how well it is found then; wants SVEN's data
.PHONY: leave-out
leave-out: sven build
	bin/seccoder models pull llama-cpp all-minilm-l6-v2
	go run ./internal/trainhead -leave-out $(SECCODER_SVEN)

## confidence: say how often the fused retriever is right when it is sure, and fit its confidence to that; wants SVEN's data
.PHONY: confidence
confidence: sven build
	bin/seccoder models pull llama-cpp all-minilm-l6-v2
	go run ./internal/trainhead -confidence $(SECCODER_SVEN)

## results: take over the published completions of docs/results.md, generate what they lack for this program, judge, and print the tables
.PHONY: results
results: build
	bin/seccoder models pull
	bin/seccoder eval import results/completions.jsonl.gz
	bin/seccoder eval run --suite sven:$(SECCODER_SVEN) --method none --method default --scenario test
	bin/seccoder eval report last

# Where "make tables" keeps what it judged, so that it goes on where it was stopped.
TABLES := $(CACHE)/tables

## tables: judge the published completions, generate what they lack, and write the tables of README.md and docs/; hours, and wants SVEN's data at ../sven
.PHONY: tables
tables: build
	bin/seccoder models pull llama-cpp all-minilm-l6-v2 smollm2-135m qwen2.5-coder-0.5b qwen2.5-coder-1.5b
	bin/seccoder eval import results/completions.jsonl.gz --dir $(TABLES)
	mkdir -p $(TABLES)/reports
	for run in $(basename $(notdir $(wildcard results/*.toml))); do \
		bin/seccoder eval run results/$$run.toml --dir $(TABLES) && \
		bin/seccoder eval report $$run --dir $(TABLES) --output $(TABLES)/reports/$$run.json || exit; \
	done
	go run ./internal/resulttables -reports $(TABLES)/reports README.md docs/results.md docs/ablations.md

## prove: run the proofs of all starter examples (make test runs a sample)
.PHONY: prove
prove: system-tools checkers
	SECCODER_TEST_REQUIRE=1 SECCODER_TEST_CHECKERS=$(CHECKER_PATH) go test ./eval/prove -run TestProofs -all -v -count 1 -timeout 60m

## kills: kill the program 500 times while it adds, imports and mines, and look for what was lost (make test: 9 times)
.PHONY: kills
kills:
	SECCODER_TEST_REQUIRE=1 SECCODER_TEST_KILLS=500 go test ./internal/cli -run TestNothingLost -v -count 1 -timeout 90m

## cluster: run the tests that need a Weaviate server, and kill a node amid adds and searches (CLUSTER_ADDS=10000: as many)
.PHONY: cluster
cluster: weaviate
	CGO_ENABLED=1 SECCODER_TEST_WEAVIATE=$(WEAVIATE) SECCODER_TEST_CLUSTER_ADDS=$(CLUSTER_ADDS) \
		go test -race ./codebase/weaviate ./internal/cli -run 'OneNode|ThreeNodes|LossOfANode|TestCluster' -v -count 1 -timeout 60m

## bench: measure the speeds of docs/performance.md
.PHONY: bench
bench: build $(VENV)/ready
	bin/seccoder models pull
	SECCODER_TEST_PYTHON=$(VENV)/bin/python bench/run

## clean: remove what was built here (the cache stays)
.PHONY: clean
clean:
	rm -rf bin dist

## help: show this
.PHONY: help
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST) | awk -F': ' '{ printf "  make %-10s %s\n", $$1, $$2 }'
