package org.syscope.cli;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every option that sysdig 0.36 has is known by the same letter and long name. */
class OptionTest {

    private static final String LETTERS = "AbBcCdDEeFgGhHIijkKlLmMnPpqRrSstTuUvWwxXz";
    private static final String[] LONG_ONLY = {"list-chisels", "cpus-for-each-buffer", "cri", "cri-timeout",
        "filter-proclist", "gvisor-generate-config", "gvisor-root", "list-markdown", "libs-version", "large-environment",
        "log-level", "modern-bpf", "page-faults", "plugin-config-file", "plugin-info", "unbuffered", "version", "node-name"};
    private static final String[] PAIRS = {"A print-ascii", "b print-base64", "B bpf", "c chisel", "C file-size",
        "d displayflt", "D debug", "E exclude-users", "e event-limit", "F fatfile", "g gvisor-config", "G seconds", "h help",
        "H plugin", "I input", "i chisel-info", "j json", "l list", "L list-events", "n numevents", "P progress", "p print",
        "q quiet", "R resolve-ports", "r readfile", "S summary", "s snaplen", "t timetype", "T force-tracers-capture",
        "u udig", "U suppress-comm", "v verbose", "W limit", "w writefile", "x print-hex", "X print-hex-ascii", "z compress"};

    @Test
    void lettersAndLongNames() {
        for (char letter : LETTERS.toCharArray()) {
            assertThat(Option.ofLetter(letter)).as("-" + letter).isNotNull();
        }
        Set<String> names = new HashSet<>();
        for (Option option : Option.all()) {
            assertThat(names.add(option.longName())).as(option.longName()).isTrue();
        }
        assertThat(names).contains(LONG_ONLY);
        for (String pair : PAIRS) {
            assertThat(Option.ofLetter(pair.charAt(0)).longName()).isEqualTo(pair.substring(2));
        }
    }
}
