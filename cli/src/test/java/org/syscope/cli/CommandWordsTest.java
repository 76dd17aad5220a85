package org.syscope.cli;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.syscope.cli.CommandWords.Occurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Words are taken apart as getopt_long(3) does it. */
class CommandWordsTest {

    private static CommandWords parse(String... words) throws UsageException {
        return CommandWords.parse(List.of(words));
    }

    private static List<String> options(String... words) throws UsageException {
        return parse(words).options().stream()
                .map(o -> o.option() + (o.value() == null ? "" : "=" + o.value())).toList();
    }

    @Test
    void lettersCanBeBundledAndTheLastMayTakeAnArgument() throws UsageException {
        assertThat(options("-qvn5")).containsExactly("QUIET", "VERBOSE", "COUNT=5");
        assertThat(options("-qn", "5")).containsExactly("QUIET", "COUNT=5");
        assertThat(options("-pc", "-pp", "-cl")).containsExactly("PRINT=c", "PRINT=p", "CHISEL=l");
        assertThat(options("-lv")).containsExactly("LIST", "VERBOSE");
    }

    @Test
    void optionalArgumentsAreNeverTheNextWord() throws UsageException {
        assertThat(options("-B", "x")).containsExactly("BPF");
        assertThat(options("-Bx", "--bpf=y", "--bpf")).containsExactly("BPF=x", "BPF=y", "BPF");
        assertThat(options("--list=syscall", "--list")).containsExactly("LIST=syscall", "LIST");
        assertThat(parse("-l", "word").filter()).isEqualTo("word");
    }

    @Test
    void theSummaryTakesItsKeywordOnly() throws UsageException {
        assertThat(options("-S", "proc", "--summary=proc", "--summary", "proc", "-qS", "proc")).containsExactly(
                "SUMMARY=proc", "SUMMARY=proc", "SUMMARY=proc", "QUIET", "SUMMARY=proc");
        assertThat(options("-Sq", "proc.name=x")).containsExactly("SUMMARY", "QUIET");
        assertThat(parse("-S", "proc.name=x").filter()).isEqualTo("proc.name=x");
        assertThatThrownBy(() -> parse("--summary=x")).hasMessage("option --summary takes proc or nothing, not 'x'");
    }

    @Test
    void longNamesMayBeShortenedWhileTheyAreUnique() throws UsageException {
        assertThat(options("--read", "f", "--write=g", "--num", "3")).containsExactly("READ=f", "WRITE=g", "COUNT=3");
        assertThat(options("--print-hex", "--help")).containsExactly("HEX", "HELP");
        assertThatThrownBy(() -> parse("--print-h")).isInstanceOf(UsageException.class)
                .hasMessage("option --print-h is ambiguous: --print-hex --print-hex-ascii");
    }

    @Test
    void optionsMayStandBehindTheFilter() throws UsageException {
        CommandWords words = parse("proc.name=cat", "-n", "3", "and", "-q", "evt.type", "in", "(open,", "read)");
        assertThat(words.filter()).isEqualTo("proc.name=cat and evt.type in (open, read)");
        assertThat(words.options().stream().map(Occurrence::option)).containsExactly(Option.COUNT, Option.QUIET);
    }

    @Test
    void behindTwoDashesStandsACommand() throws UsageException {
        CommandWords words = parse("-q", "evt.type=open", "--", "ls", "-l", "--", "-q");
        assertThat(words.command()).containsExactly("ls", "-l", "--", "-q");
        assertThat(words.filter()).isEqualTo("evt.type=open");
        assertThat(parse("-q").command()).isNull();
        assertThat(parse("--").command()).isEmpty();
    }

    @Test
    void aSingleDashIsAWord() throws UsageException {
        assertThat(options("-r", "-", "-w-")).containsExactly("READ=-", "WRITE=-");
        assertThat(parse("-").filter()).isEqualTo("-");
    }

    @Test
    void everyOptionIsFoundByItsLetterAndItsLongName() throws UsageException {
        for (Option option : Option.all()) {
            boolean needs = option.argument() == Option.Argument.REQUIRED;
            List<String> expected = List.of(option + (needs ? "=v" : ""));
            assertThat(options(needs ? new String[] {"--" + option.longName(), "v"} : new String[] {"--" + option.longName()}))
                    .isEqualTo(expected);
            if (option.letter() != '\0') {
                assertThat(options(needs ? new String[] {"-" + option.letter(), "v"} : new String[] {"-" + option.letter()}))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> parse("--bogus")).hasMessage("unknown option --bogus");
        assertThatThrownBy(() -> parse("-q!")).hasMessage("unknown option -!");
        assertThatThrownBy(() -> parse("-n")).hasMessage("option -n needs an argument");
        assertThatThrownBy(() -> parse("--numevents")).hasMessage("option --numevents needs an argument");
        assertThatThrownBy(() -> parse("--quiet=1")).hasMessage("option --quiet takes no argument");
    }
}
