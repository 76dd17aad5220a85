package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Whole screens of a real capture, sign by sign, in {@code src/test/resources/golden/ui}. With {@code -Dui.screens=write} they
 * are written there instead.
 */
class UiGoldenIT {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "ui");

    private final SoftAssertions softly = new SoftAssertions();
    private Tmux terminal;

    @Test
    void screens() throws Exception {
        Path curl = Launcher.capture("curl_google.scap");
        try (Tmux opened = new Tmux(80, 24, Map.of("SYSCOPE", Launcher.PROGRAM.toString()))) {
            terminal = opened;
            terminal.command("ln -s " + curl + " curl.scap; clear; $SYSCOPE ui -r curl.scap");
            check("processes", view("Processes"));
            open("System Calls");
            check("syscalls", view("System Calls"));
            terminal.keys("F9");
            check("sorting", screen -> screen.contains("\nSort by"));
            terminal.keys("Escape");
            terminal.keys("F7");
            check("legend", screen -> screen.contains("\nLegend"));
            terminal.keys("Escape");
            terminal.keys("F1");
            check("help", screen -> screen.contains("\nHelp"));
            terminal.keys("Escape");
            open("Connections");
            check("connections", view("Connections"));
            terminal.keys("F8");
            check("actions", screen -> screen.contains("\nActions "));
            terminal.keys("Escape");
            terminal.keys("F10");
            terminal.await(screen -> !screen.contains("Viewing: "));
            terminal.command("clear; $SYSCOPE ui -r curl.scap -v files");
            check("files", view("Files"));
            terminal.keys("Enter");
            check("drilled-down", view("Processes"));
            terminal.keys("F5");
            check("echo", view("I/O"));
            terminal.resize(60, 15);
            check("echo-small", view("I/O").and(screen -> screen.lines().count() <= 15 && screen.contains("F10Quit")
                    && screen.contains("lines 1 to")));
            terminal.keys("q", "F10");
        }
        softly.assertAll();
    }

    private void open(String view) throws IOException, InterruptedException {
        terminal.keys("F2");
        terminal.await("Select View");
        terminal.type(view);
        terminal.keys("Enter");
    }

    private static Predicate<String> view(String name) {
        return screen -> screen.startsWith("Viewing: " + name + "  ") && !screen.contains("eading ");
    }

    private void check(String name, Predicate<String> wanted) throws IOException, InterruptedException {
        String screen = terminal.await(wanted).stripTrailing() + "\n";
        Path file = GOLDEN.resolve(name + ".txt");
        if ("write".equals(System.getProperty("ui.screens"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, screen);
        }
        softly.assertThat(screen).as(name).isEqualTo(Files.readString(file));
    }
}
