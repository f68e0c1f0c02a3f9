# Every target says what it needs, or installs it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MVN := mvn -B -q

.PHONY: help build demo test bench format clean

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | column -t -s "$$(printf '\t')"

build: tools ## Build the distribution: cli/target/initload and its .tar.gz
	$(MVN) package -Dmaven.test.skip=true

demo: build ## Migrate a sales history into a simulated org and certify it
	bin/initload demo

test: tools ## Run all tests: formatting, units, contracts, independent clients, end to end
	mvn -B verify
	simulator/clients/run

bench: build ## Run the benchmarks; results go to benchmarks/results
	benchmarks/run

format: tools ## Format the Java sources
	$(MVN) spotless:apply

clean: ## Remove everything that was built
	$(MVN) clean
	rm -rf build data

.PHONY: tools
tools:
	@command -v javac > /dev/null || { echo "JDK 17 is missing: apt-get install openjdk-17-jdk-headless"; exit 1; }
	@command -v mvn > /dev/null || { echo "Maven is missing: apt-get install maven"; exit 1; }
