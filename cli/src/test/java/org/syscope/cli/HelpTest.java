package org.syscope.cli;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The help fits a terminal and knows every option. */
class HelpTest {

    @Test
    void theShortHelpFitsSixtyLinesOfEightyColumnsWithTenExamples() {
        List<String> lines = Help.brief().lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(60).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(lines.subList(lines.indexOf("Examples:"), lines.size()).stream().filter(l -> l.startsWith("  syscope")))
                .hasSize(10);
    }

    @Test
    void theLongHelpNamesEveryOption() {
        String help = Help.full();
        for (Option option : Option.all()) {
            assertThat(help).contains("--" + option.longName());
            if (option.letter() != '\0') {
                assertThat(help).contains("  -" + option.letter() + ", --" + option.longName());
            }
        }
        assertThat(help.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }
}
