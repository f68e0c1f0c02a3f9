# Every target says what it needs, or installs it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MVN := mvn -B -q

.PHONY: help build package demo oracle airflow-demo airflow-test check test simulate sabotage bench fresh site outdated format runbook classes clean

# How many worlds `make simulate` plays, and from which seed on; empty draws one.
SEEDS ?= 100
FROM ?=
# How many acts `make sabotage` plays.
CASES ?= 500
# How the worlds of `make simulate` are played.
SIMULATE_JAVA ?= -Xmx1g -XX:+UseSerialGC $(if $(wildcard /dev/shm/.),-Djava.io.tmpdir=/dev/shm)

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "%-13s %s\n", $$1, $$2 }'

build: tools ## Build the distribution: cli/target/initload
	@rm -rf cli/target/initload # else jars that are no longer used would be loaded too
	$(MVN) package -Dmaven.test.skip=true

package: build packagers ## Make the packages: cli/target/packages with a .tar.gz, a .deb, bill of materials and checksums
	tools/package

demo: build ## Migrate a sales history into a simulated org and certify it
	bin/initload demo

oracle: servers ## Start a database that speaks as Oracle does, to try things on; Ctrl-C ends it
	@cd oracle && ./with-oracle python -m oracle_stand_in --people

check: tools ## Run what takes minutes: formatting, compiler, units, architecture; nothing that starts a server or a process
	$(MVN) spotless:check test -DexcludedGroups=system
	cd airflow && ./with-airflow ruff check . && ./with-airflow ruff format --check .
	cd airflow && ./with-airflow python -m pytest tests/unit
	cd oracle && ./with-oracle ruff check . && ./with-oracle ruff format --check .

test: tools servers packagers readers ## Run all tests: formatting, units, contracts, independent clients, end to end
	cd oracle && ./with-oracle ruff check . && ./with-oracle ruff format --check .
	cd oracle && ./with-oracle python -m pytest
	site/with-site ruff check --config site/ruff.toml site && site/with-site ruff format --check --config site/ruff.toml site
	site/with-site ruff check --config site/ruff.toml cli/src/test && site/with-site ruff format --check --config site/ruff.toml cli/src/test
	site/with-site python site/build.py
	@rm -rf cli/target/initload # as in build
	mvn -B verify
	simulator/clients/run
	cli/on-newer-java
	tools/package
	cli/packaged
	cli/browser/run
	cd airflow && ./with-airflow ruff check . && ./with-airflow ruff format --check .
	cd airflow && ./with-airflow python -m pytest tests/unit tests/dags
	cd airflow && ./with-airflow python -m pytest tests/e2e -s --durations=20

airflow-test: build servers ## Run the end-to-end tests of Airflow: a whole site, and everything in it that can die
	cd airflow && ./with-airflow python -m pytest tests/e2e -s --durations=20

airflow-demo: build servers ## Migrate a sales history by a whole Airflow site with two workers; KEEP=1 leaves it up
	@cd airflow && ./with-airflow python -u -m stack.demo

simulate: tools ## Play SEEDS whole migrations with faults and deaths, from seed FROM on (random by default)
	@$(MVN) -pl engine -am test-compile dependency:build-classpath -DincludeScope=test \
	  -Dmdep.outputFile=$(CURDIR)/engine/target/simulate.classpath
	@java $(SIMULATE_JAVA) -Duser.timezone=UTC \
	  -cp engine/target/test-classes:engine/target/classes:$$(cat engine/target/simulate.classpath) \
	  io.initload.pipeline.Simulate $(SEEDS) $(FROM)

sabotage: tools ## Play CASES acts of sabotage, from seed FROM on; each must be found, or mended by the run
	@$(MVN) -pl engine -am test-compile dependency:build-classpath -DincludeScope=test \
	  -Dmdep.outputFile=$(CURDIR)/engine/target/simulate.classpath
	@java $(SIMULATE_JAVA) -Duser.timezone=UTC \
	  -cp engine/target/test-classes:engine/target/classes:$$(cat engine/target/simulate.classpath) \
	  io.initload.pipeline.Sabotage $(CASES) $(or $(FROM),1)

bench: build ## Run the benchmarks and print their results; benchmarks/results keeps those of a quiet machine
	benchmarks/run

fresh: ## Go through the README's commands on a bare Debian 12 (root, an hour or two); ONLY='make demo' for one of them
	tools/fresh $(if $(ONLY),"$(ONLY)")

site: ## Make the site of the documentation: build/site
	site/with-site python site/build.py

outdated: tools ## List dependencies that lag behind the registries; docs/security.md has the reasons
	tools/outdated

format: tools ## Format the Java sources
	$(MVN) spotless:apply

runbook: tools ## Write the tables of codes into docs/runbook.md, from engine/src/main/resources/io/initload/codes
	$(MVN) -pl engine -am test -Dtest='io.initload.codes.RunbookTest' -Dsurefire.failIfNoSpecifiedTests=false -Dinitload.runbook.write=true

classes: build ## Write the list of classes that the archive of a quick start is made from
	tools/classes

clean: ## Remove everything that was built
	$(MVN) clean
	rm -rf build data

.PHONY: tools
tools:
	@command -v javac > /dev/null || { echo "JDK 17 is missing: apt-get install openjdk-17-jdk-headless"; exit 1; }
	@command -v mvn > /dev/null || { echo "Maven is missing: apt-get install maven"; exit 1; }

.PHONY: packagers
packagers:
	@command -v dpkg-deb > /dev/null || { echo "dpkg-deb is missing: make package needs Debian's dpkg"; exit 1; }
	@command -v asciidoctor > /dev/null || tools/install asciidoctor

# The tests read what was packaged by what its users have.
.PHONY: readers
readers:
	@command -v man > /dev/null && command -v zsh > /dev/null && command -v systemd-analyze > /dev/null \
	  || tools/install man-db systemd zsh

# The tests start a PostgreSQL and a Redis of their own; ISA-L is the fast compressor, tested where it is at hand.
.PHONY: servers
servers:
	@ls /usr/lib/postgresql/*/bin/pg_ctl > /dev/null 2>&1 && /sbin/ldconfig -p | grep -q libisal.so.2 \
	  && command -v redis-server > /dev/null || tools/install postgresql libisal2 redis-server
