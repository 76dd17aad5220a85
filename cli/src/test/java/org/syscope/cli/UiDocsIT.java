package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The screens in {@code ui.md} are what the UI shows of a capture in {@code samples}. With {@code -Dui.screens=write} they
 * are written there instead.
 */
class UiDocsIT {

    private static final Path PAGE = Path.of("ui.md");
    private static final Path SAMPLE = Path.of("..", "samples", "refused-connection", "refused-connection.scap").toAbsolutePath();

    private String page;

    @Test
    void screensOnThePage() throws Exception {
        page = Files.readString(PAGE);
        String before = page;
        try (Tmux terminal = new Tmux(100, 14, Map.of("SYSCOPE", Launcher.PROGRAM.toString()))) {
            terminal.command("cp " + SAMPLE + " refused-connection.scap; clear; $SYSCOPE ui -r refused-connection.scap");
            put("processes", settled(terminal, "Processes"));
            terminal.keys("F2");
            terminal.await("Select View");
            terminal.type("errors");
            terminal.keys("Enter");
            settled(terminal, "Errors");
            terminal.type("/");
            terminal.type("ECONNREFUSED");
            terminal.keys("Enter", "Escape");
            terminal.keys("F6");
            put("events", settled(terminal, "Events"));
            terminal.keys("F10");
            terminal.await(screen -> !screen.contains("Viewing: "));
            terminal.command("NO_COLOR=1 $SYSCOPE ui -d 100 -v spectro_all -r refused-connection.scap");
            put("spectrogram", settled(terminal, "Spectrogram-All"));
        }
        if ("write".equals(System.getProperty("ui.screens"))) {
            Files.writeString(PAGE, page);
        } else {
            assertThat(before).as("the screens of ui.md; -Dui.screens=write renews them").isEqualTo(page);
        }
    }

    private static String settled(Tmux terminal, String view) throws IOException, InterruptedException {
        return terminal.await(screen -> screen.startsWith("Viewing: " + view + "  ") && !screen.contains("eading "));
    }

    private void put(String name, String screen) {
        Pattern place = Pattern.compile("(<!-- screen: " + name + " -->\n```text\n).*?(```\n)", Pattern.DOTALL);
        Matcher found = place.matcher(page);
        assertThat(found.find()).as("a place for screen " + name).isTrue();
        page = found.replaceFirst("$1" + Matcher.quoteReplacement(screen.stripTrailing() + "\n") + "$2");
    }
}
