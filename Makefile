# lingtan: one Makefile, objects in build/<variant>/. `make help` lists the targets.
#
# Variants: release (gcc), debug, cov (lines counted), asan (gcc, ASan and UBSan), clang (clang, ASan and UBSan), fuzz (clang, libFuzzer with ASan and UBSan).

VARIANT ?= release
DESTDIR ?=
PREFIX ?= /usr/local
B := build/$(VARIANT)

# ---- what a fresh Debian 12 needs; DEPS=no only names what is missing ----
DEPS ?= yes
PACKAGES_build := gcc libc6-dev pkg-config libcyaml-dev libyaml-dev libsodium-dev nettle-dev libsqlite3-dev \
	libmagic-dev libexif-dev zlib1g-dev libzip-dev libxml2-dev libseccomp-dev libncurses-dev libutf8proc-dev \
	libcairo2-dev libpango1.0-dev libharfbuzz-dev libfreetype-dev libfontconfig-dev libqrencode-dev fonts-noto-cjk libjpeg62-turbo-dev libpng-dev libpoppler-glib-dev
PACKAGES_check := clang libclang-rt-14-dev libcmocka-dev python3 python3-yaml locales libvterm-dev ncurses-term \
	poppler-utils qpdf minisign openssl
PACKAGES_screenshots := python3 libvterm-dev libcairo2-dev libpango1.0-dev fonts-dejavu-core fonts-noto-cjk
# what the workbench is measured beside
PACKAGES_bench := $(PACKAGES_check) libxlsxwriter-dev nano nnn vim tig mc htop sc git
PACKAGES_analyze := clang-tidy cppcheck
PACKAGES_soak := $(PACKAGES_check) zbar-tools
PACKAGES_deb := dpkg-dev binutils
# what others make of what we write
PACKAGES_peers := python3 libreoffice-calc-nogui libreoffice-writer-nogui python3-docx python3-openpyxl chromium \
	poppler-utils qpdf zbar-tools minisign openssl

# ---- flags ----
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
	-Wno-format-nonliteral -Wcast-qual -Wundef
CC_release := gcc
CC_debug := gcc
CC_package := gcc
CC_asan := gcc
CC_clang := clang
CC_cov := gcc
CC_fuzz := clang
OPT_release := -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
OPT_package = $(OPT_release)
OPT_debug := -O0 -g3
OPT_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
# where a line lies is all that a report needs
OPT_clang := -O1 -gline-tables-only -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
OPT_cov := -O0 -g --coverage -DLT_COUNTS_LINES
OPT_fuzz := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LINK_release := -pie -Wl,-z,relro,-z,now
LINK_package := $(LINK_release)
LINK_cov := --coverage
LINK_asan := -fsanitize=address,undefined
# fixed addresses: 200,000 relocations fewer at each of the thousands of starts
LINK_clang := -fsanitize=address,undefined -no-pie
LINK_fuzz := -fsanitize=address,undefined
CC := $(CC_$(VARIANT))
WERROR := $(if $(CI),-Werror)
CFLAGS += -std=c17 -D_GNU_SOURCE $(WARNINGS) $(WERROR) $(OPT_$(VARIANT)) -Iinclude -MMD -MP
LDFLAGS += $(LINK_$(VARIANT)) -Wl,--as-needed
# looked up when a recipe runs: the packages may just have been installed
LINKED = $(shell pkg-config --libs libcyaml yaml-0.1 libsodium nettle sqlite3 ncursesw libutf8proc)
LIBS = $(LINKED) -lm
# Seven libraries fewer to be found and relocated at every start: a quarter of what it takes. STATIC=no leaves them shared.
STATIC ?= $(if $(filter release clang,$(VARIANT)),yes,no)
archive = $(patsubst -l%,lib%.a,$(1))
has_archive = $(findstring /,$(shell $(CC) -print-file-name=$(call archive,$(1))))
PROGRAM_LIBS = $(if $(filter yes,$(STATIC)),$(foreach flag,$(LINKED),$(if $(call has_archive,$(flag)),-l:$(call archive,$(flag)),$(flag))) -lm,$(LIBS))
# draws certificates and reports
DRAW_PACKAGES := pangocairo cairo-pdf cairo-svg cairo-ft pangoft2 freetype2 harfbuzz-subset fontconfig libqrencode
# shows what files from elsewhere look like
SEE_PACKAGES := libjpeg libpng poppler-glib cairo
HELPER_LIBS = $(shell pkg-config --libs libmagic libexif libzip libxml-2.0 zlib libseccomp $(DRAW_PACKAGES) $(SEE_PACKAGES)) -lm
HELPER_CFLAGS = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags libexif libzip libxml-2.0 zlib libseccomp $(DRAW_PACKAGES) $(SEE_PACKAGES)))

# ---- the house: upper layers first, so that the linker refuses an arrow that points up ----
LAYERS := cli tui app store load core base
LIBRARIES := $(foreach layer,$(LAYERS),$(B)/lib$(layer).a)
# the helper programs: what opens files from elsewhere and draws documents. One for each set of libraries, which start slowly
HELPERS := $(patsubst src/helper/%.c,$(B)/lingtan-%,$(filter-out src/helper/main.c,$(sort $(wildcard src/helper/*.c))))
HELPER_LAYERS := export core base
HELPER_LIBRARIES := $(foreach layer,$(HELPER_LAYERS),$(B)/lib$(layer).a)
ALL_LAYERS := export $(LAYERS)
SOURCES := $(foreach layer,$(ALL_LAYERS),$(sort $(wildcard src/$(layer)/*.c)))
EMBEDDED := $(sort $(wildcard rulesets/*.yaml rulesets/*/*.yaml rulesets/*/cases/*.yaml)) \
	$(sort $(wildcard db/*.yaml db/*.sql db/*.txt forms/*.yaml templates/*.yaml templates/*.html))
TESTS := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/*/test_*.c)))
TEST_SHARED := $(sort $(wildcard tests/core/tiny.c))

.PHONY: analyze readings coverage deb fuzzers screenshots golden all help check check-variant check-peers soak bench demo install uninstall clean fuzz
# V=1 shows the commands
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-4s %s\n' $(1) $(2))

.DELETE_ON_ERROR:
.SECONDARY:

all: $(B)/lingtan $(HELPERS) $(B)/.proven

help:
	@echo 'make            build/release/lingtan and its helper programs'
	@echo 'make demo       build, then a tour: three real parks and the sample, from a project file to a verified certificate'
	@echo 'make check      every test, with gcc, clang and the sanitizers (10 minutes at most)'
	@echo 'make soak       the same with the full counts, two hours of random use, the fuzzers for ten minutes each'
	@echo 'make fuzz       the fuzzers, to find new input; make fuzzers: those of VARIANT, clang or fuzz, to replay what was found'
	@echo 'make check-peers  tests that need an office suite or a browser'
	@echo 'make analyze    clang-tidy, cppcheck and the analyzer of gcc'
	@echo 'make coverage   which lines the tests take, and which functions none does'
	@echo 'make golden     the screens as text, taken anew, to be read as a diff'
	@echo 'make screenshots  pictures of the screens in screenshots/'
	@echo 'make bench      one table of all figures beside their limits and other programs'
	@echo 'make install    to DESTDIR/PREFIX; make uninstall; make clean'
	@echo 'make deb        build/lingtan.deb, a Debian package'
	@echo 'VARIANT=release|debug|cov|asan|clang|fuzz; DEPS=no: install nothing, name what is missing; STATIC=no: libraries shared'

# ---- set-up ----
build/.deps-%: Makefile src/deps.sh
	@mkdir -p build
	@DEPS=$(DEPS) sh src/deps.sh $(PACKAGES_$(*)) && touch $@

# ---- compiling ----
$(B)/src/export/%.o: CFLAGS += $(HELPER_CFLAGS)
$(B)/%.o: %.c Makefile | build/.deps-build
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CFLAGS) -c $< -o $@

# The built-in files are read once, here; the program carries what came of it beside their text.
$(B)/make-images: $(B)/src/make_images.o $(patsubst %,$(B)/lib%.a,load core base)
	$(call say,LD,$@)
	$(Q)$(CC) $^ $(LDFLAGS) $(LIBS) -lpthread -o $@

$(B)/images/.made: $(B)/make-images $(EMBEDDED)
	$(call say,GEN,$(@D))
	$(Q)$(B)/make-images $(@D) $(filter-out templates/%,$(filter %.yaml,$(EMBEDDED)))
	@touch $@

$(B)/embed.S: src/embed.sh $(EMBEDDED) $(B)/images/.made Makefile
	$(call say,GEN,$@)
	$(Q)sh src/embed.sh $(B)/images $(EMBEDDED) > $@

$(B)/embed.o: $(B)/embed.S | build/.deps-build
	$(call say,AS,$<)
	$(Q)$(CC) -c $< -o $@

define library
$(B)/lib$(1).a: $(patsubst %.c,$(B)/%.o,$(sort $(wildcard src/$(1)/*.c)))
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(call say,AR,$$@)
	$$(Q)ar rcs $$@ $$^
endef
$(foreach layer,$(ALL_LAYERS),$(eval $(call library,$(layer))))

# writes the counts of a program that a signal ends
COUNTS := $(if $(filter cov,$(VARIANT)),$(B)/tests/counts.o)
$(B)/lingtan: $(B)/src/main.o $(COUNTS) $(B)/embed.o $(LIBRARIES)
	$(call say,LD,$@)
	$(Q)$(CC) $(B)/src/main.o $(COUNTS) $(B)/embed.o $(LIBRARIES) $(LDFLAGS) $(PROGRAM_LIBS) -lpthread -o $@

# --as-needed leaves each with the libraries of its own words
$(HELPERS): $(B)/lingtan-%: $(B)/src/helper/main.o $(B)/src/helper/%.o $(HELPER_LIBRARIES)
	$(call say,LD,$@)
	$(Q)$(CC) $^ $(LDFLAGS) $(HELPER_LIBS) -o $@

# What is built in is not checked again at run time, so a program whose rulesets or forms do not pass is not made.
$(B)/.proven: $(B)/lingtan
	@$(B)/lingtan check rulesets db forms templates --lang en >$(B)/check.log 2>&1 || { cat $(B)/check.log; exit 1; }
	@$(B)/lingtan test --lang en >$(B)/test.log 2>&1 || { cat $(B)/test.log; exit 1; }
	@touch $@

# ---- tests ----
# named, so that the rule is taken also where an older object of a test lies
$(B)/tests/app/scene.o: tests/app/scene.c
$(B)/tests/app/%: $(B)/tests/app/%.o $(B)/tests/app/scene.o $(B)/embed.o $(LIBRARIES)
	$(call say,LD,$@)
	$(Q)$(CC) $< $(B)/tests/app/scene.o $(B)/embed.o $(LIBRARIES) $(LDFLAGS) $(LIBS) -lcmocka -lpthread -o $@

$(B)/tests/export/%.o: CFLAGS += $(HELPER_CFLAGS)
$(B)/tests/export/%: $(B)/tests/export/%.o $(HELPER_LIBRARIES)
	$(call say,LD,$@)
	$(Q)$(CC) $^ $(LDFLAGS) $(HELPER_LIBS) -lcmocka -o $@

# runs a program in a pseudo-terminal for the tests of screens
TERMINAL := $(patsubst %.c,$(B)/%.o,$(addprefix tests/tui/,terminal.c resize.c draw.c watch.c settle.c keys.c))
$(B)/tests/tui/driver: $(B)/tests/tui/driver.o $(TERMINAL)
	$(call say,LD,$@)
	$(Q)$(CC) $^ $(LDFLAGS) -lvterm $$(pkg-config --libs tinfo) -o $@

$(B)/tests/bench/bare_list: $(B)/tests/bench/bare_list.o
	$(call say,LD,$@)
	$(Q)$(CC) $^ $(LDFLAGS) $$(pkg-config --libs ncursesw sqlite3) -o $@

# what a page costs without us
$(B)/tests/bench/bare_page.o: CFLAGS += $(HELPER_CFLAGS)
$(B)/tests/bench/bare_page: $(B)/tests/bench/bare_page.o $(B)/src/export/sheet_frame.o
	$(call say,LD,$@)
	$(Q)$(CC) $^ $(LDFLAGS) $(shell pkg-config --libs pangocairo cairo-pdf libqrencode) -lm -o $@

# preloaded where clock and chance must be the same each time
$(B)/tests/tui/fixed.so: tests/tui/fixed.c Makefile | build/.deps-build
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) -fPIC -shared $< -ldl -o $@

# the sample park on every screen, drawn from the cells of the terminal
screenshots: all build/.deps-screenshots $(B)/tests/tui/driver $(B)/tests/tui/picture $(B)/tests/tui/fixed.so
	$(Q)python3 tests/tui/screenshots.py $(B)/lingtan screenshots

# draws a screen as a picture; only the pictures need its libraries
$(B)/tests/tui/picture.o: | build/.deps-screenshots
$(B)/tests/tui/picture.o: CFLAGS += $(patsubst -I%,-isystem %,$(shell pkg-config --cflags pangocairo 2>/dev/null))
$(B)/tests/tui/picture: $(B)/tests/tui/picture.o
	$(call say,LD,$@)
	$(Q)$(CC) $^ $(LDFLAGS) $$(pkg-config --libs pangocairo) -lm -o $@

$(B)/tests/%: $(B)/tests/%.o $(patsubst %.c,$(B)/%.o,$(TEST_SHARED)) $(B)/embed.o $(LIBRARIES)
	$(call say,LD,$@)
	$(Q)$(CC) $< $(patsubst %.c,$(B)/%.o,$(TEST_SHARED)) $(B)/embed.o $(LIBRARIES) $(LDFLAGS) $(LIBS) -lcmocka -lpthread -o $@

$(B)/tests/app/test_inspect: | $(B)/lingtan-inspect

$(B)/tests/store/test_%: $(B)/tests/store/test_%.o $(B)/tests/store/faulty.o $(B)/embed.o $(LIBRARIES)
	$(call say,LD,$@)
	$(Q)$(CC) $(filter %.o,$^) $(LIBRARIES) $(LDFLAGS) $(LIBS) -lcmocka -lpthread -o $@

$(B)/tests/%.o: tests/%.c Makefile | build/.deps-build build/.deps-check
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CFLAGS) -Itests/core -Isrc/load -Isrc/core -Isrc/export -Isrc/store -Isrc/tui -c $< -o $@

# What takes bytes from elsewhere, each a target of its own. VARIANT=fuzz sees which ways a byte takes and finds new ones;
# clang has the same sanitizers and is enough to replay what was found.
FUZZERS := $(patsubst tests/fuzz/%.c,$(B)/tests/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))

# the targets of the helper programs
$(B)/tests/fuzz/fuzz_photo $(B)/tests/fuzz/fuzz_workbook: $(B)/tests/fuzz/fuzz_%: $(B)/tests/fuzz/fuzz_%.o $(HELPER_LIBRARIES)
	$(call say,LD,$@)
	$(Q)clang $^ -fsanitize=fuzzer,address,undefined $(HELPER_LIBS) -o $@

$(B)/tests/fuzz/fuzz_%: $(B)/tests/fuzz/fuzz_%.o $(B)/embed.o $(LIBRARIES)
	$(call say,LD,$@)
	$(Q)clang $^ -fsanitize=fuzzer,address,undefined $(LIBS) -o $@

check: build/.deps-build build/.deps-check
	@CI=$(CI) MAKE='$(MAKE)' sh tests/run.sh short

soak: build/.deps-build build/.deps-soak
	@CI=$(CI) MAKE='$(MAKE)' sh tests/run.sh full

# One variant: its programs, for tests/run.sh.
check-variant: all $(TESTS) $(B)/tests/base/decimal_oracle $(B)/tests/tui/width_oracle $(B)/tests/tui/driver $(B)/tests/bench/bare_page

fuzzers: $(FUZZERS)

fuzz:
	@$(MAKE) VARIANT=fuzz fuzzers

# Three other readers of every file, each with a file of its findings: two minutes on two idle cores for the whole tree, no part of check.
# What they look for, and what not, stands in .clang-tidy, .cppcheck and here. gcc and cppcheck do not know that a call of another file
# that succeeded has set what it gives, and take it for NULL or unset: the compilers' own warnings and the sanitizers see to that.
READ := $(SOURCES) src/main.c src/make_images.c $(sort $(wildcard src/helper/*.c))
READ_FLAGS = -std=c17 -D_GNU_SOURCE -Iinclude $(HELPER_CFLAGS)
HEADERS := $(wildcard include/lingtan/*/*.h src/*/*.h)
READINGS := $(READ:%=build/analyze/%.gcc) $(READ:%=build/analyze/%.tidy) $(READ:%=build/analyze/%.cppcheck)

# of a list of outputs, of a struct named by some of its members, of a buffer that was read into, gcc 12 says that they are unset
GCC_READS := -Wno-analyzer-null-dereference -Wno-analyzer-null-argument -Wno-analyzer-use-of-uninitialized-value
# the step, or the paste, that it misses stands in the list of steps or of what was typed, and is freed with it
build/analyze/src/tui/edit_history.c.gcc build/analyze/src/tui/ahead.c.gcc: GCC_READS += -Wno-analyzer-malloc-leak
# what SQLite is given lies behind the head of a piece, and is found again from there
build/analyze/src/store/pieces.c.gcc: GCC_READS += -Wno-analyzer-malloc-leak

build/analyze/%.gcc: % $(HEADERS) | build/.deps-build
	@mkdir -p $(@D)
	$(call say,GCC,$<)
	$(Q)gcc $(READ_FLAGS) -O1 -fanalyzer $(GCC_READS) -c $< -o /dev/null 2>$@ || [ -s $@ ]

build/analyze/%.tidy: % .clang-tidy $(HEADERS) | build/.deps-build build/.deps-analyze
	@mkdir -p $(@D)
	$(call say,TIDY,$<)
	$(Q)clang-tidy --quiet $< -- $(READ_FLAGS) >$@ 2>/dev/null || [ -s $@ ]

build/analyze/%.cppcheck: % .cppcheck $(HEADERS) | build/.deps-analyze
	@mkdir -p $(@D)
	$(call say,CPPC,$<)
	$(Q)cppcheck -q --std=c11 --enable=warning,performance,portability --suppressions-list=.cppcheck \
		-D_GNU_SOURCE -D__x86_64__ -Iinclude --template='{file}:{line}: {severity}: {message} [{id}]' $< 2>$@

readings: $(READINGS)
	@:

analyze: build/.deps-build build/.deps-analyze
	@for tool in gcc clang-tidy cppcheck; do command -v $$tool >/dev/null || { echo "$$tool is not installed: nothing read" >&2; exit 1; }; done
	@$(MAKE) --no-print-directory -k -j2 readings || true
	@sh tests/analyze.sh $(READINGS)

# The short tests once more in a build that counts its lines.
coverage: build/.deps-build build/.deps-check
	@CI=$(CI) MAKE='$(MAKE)' sh tests/coverage.sh

# what other programs make of what we write
check-peers: all build/.deps-peers
	@python3 tests/cli/peers.py $(B)/lingtan

bench: all build/.deps-bench $(B)/tests/bench/bench $(B)/tests/bench/bench_store $(B)/tests/bench/bench_board $(B)/tests/bench/bench_ledger \
		$(B)/tests/bench/bare_list $(B)/tests/bench/bare_page $(B)/tests/tui/driver
	@sh tests/bench/run.sh $(B) $(FULL)

# What was looked at and is taken for good; read the diff before it is committed.
golden: all $(B)/tests/tui/driver $(B)/tests/tui/fixed.so
	@python3 tests/tui/golden.py $(B)/lingtan --write

demo: all
	@sh parks/demo.sh $(B)/lingtan build/demo

# The program says its own words: the manual page and the completions are what its table of commands prints.
# where Debian's zsh looks for what is packaged, and for what is local
ZSH := $(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)
SHARED := man/man1/lingtan.1 man/zh_CN/man1/lingtan.1 bash-completion/completions/lingtan zsh/$(ZSH)/_lingtan \
	fish/vendor_completions.d/lingtan.fish
SHARED_FILES := $(addprefix $(B)/share/,$(SHARED))
$(B)/share/man/man1/lingtan.1: PRINTS := manual --lang en
$(B)/share/man/zh_CN/man1/lingtan.1: PRINTS := manual --lang zh
$(B)/share/bash-completion/completions/lingtan: PRINTS := completion bash --lang en
$(B)/share/zsh/$(ZSH)/_lingtan: PRINTS := completion zsh --lang en
$(B)/share/fish/vendor_completions.d/lingtan.fish: PRINTS := completion fish --lang en
$(SHARED_FILES): $(B)/lingtan
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)$(B)/lingtan $(PRINTS) > $@

install: all $(SHARED_FILES)
	install -D -m 755 $(B)/lingtan $(DESTDIR)$(PREFIX)/bin/lingtan
	for file in $(SHARED); do install -D -m 644 $(B)/share/$$file $(DESTDIR)$(PREFIX)/share/$$file || exit 1; done
	install -d $(DESTDIR)$(PREFIX)/libexec/lingtan
	install -m 755 $(HELPERS) $(DESTDIR)$(PREFIX)/libexec/lingtan

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/lingtan $(addprefix $(DESTDIR)$(PREFIX)/share/,$(SHARED)) $(patsubst $(B)/%,$(DESTDIR)$(PREFIX)/libexec/lingtan/%,$(HELPERS))
	rmdir $(DESTDIR)$(PREFIX)/libexec/lingtan 2>/dev/null || true

# the package links Debian's own libraries
deb: build/.deps-deb
	@rm -rf build/package/root
	@$(MAKE) VARIANT=package STATIC=no PREFIX=/usr DESTDIR=build/package/root install
	@sh src/deb.sh build/package/root build/lingtan.deb

clean:
	rm -rf build

-include $(patsubst %.c,$(B)/%.d,$(SOURCES) src/main.c src/make_images.c $(wildcard src/helper/*.c)) $(wildcard $(B)/tests/*/*.d)
