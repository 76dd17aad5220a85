package org.syscope.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.syscope.chisels.views.SampleRow;
import org.syscope.chisels.views.Shown;
import org.syscope.chisels.views.ViewEngine;
import org.syscope.chisels.views.ViewException;

/**
 * Commands of a script that looks at views, one JSON object a line: {@code {"action": "apply", "args": {"view": ID}}},
 * {@code {"action": "drilldown", "args": {"rownum": N}}} (N from 0), {@code {"action": "drillup"}} and
 * {@code {"action": "quit"}}. A command that makes no sense is told about and passed over.
 */
final class JsonCommands {

    private final BufferedReader in;
    private final Consumer<String> problems;
    private final JsonFactory json = new JsonFactory();

    private record Command(String action, String view, int row) {
    }

    /** Reads from there; {@code problems} takes one line for each command that makes no sense. */
    JsonCommands(BufferedReader in, Consumer<String> problems) {
        this.in = in;
        this.problems = problems;
    }

    /**
     * Waits for a command that makes sense and has it done.
     *
     * @return false if the script wants no more
     */
    boolean next(ViewEngine engine) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            try {
                Command command = read(line);
                if (command.action().equals("quit")) {
                    return false;
                }
                if (done(command, engine)) {
                    return true;
                }
            } catch (IOException e) {
                problems.accept("unable to parse the json input: " + e.getMessage().lines().findFirst().orElse(""));
            } catch (ViewException e) {
                problems.accept(e.getMessage());
            }
        }
        return false;
    }

    /** Has commands done as they come, until the script wants no more; on a thread of its own. */
    void listen(ViewEngine engine) {
        Thread.ofPlatform().daemon().name("commands").start(() -> {
            try {
                while (next(engine)) {
                    continue;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                engine.quit();
            }
        });
    }

    private boolean done(Command command, ViewEngine engine) throws ViewException {
        switch (command.action()) {
            case "apply" -> engine.open(command.view());
            case "drilldown" -> {
                Shown shown = engine.shown();
                if (command.row() < 0 || command.row() >= shown.sample().rows().size()) {
                    problems.accept("there is no row " + command.row());
                    return false;
                }
                SampleRow row = shown.sample().rows().get(command.row());
                engine.drillDown(row, null);
            }
            case "drillup" -> {
                if (!engine.back()) {
                    problems.accept("there is nothing above");
                    return false;
                }
            }
            default -> {
                problems.accept("invalid action: " + command.action());
                return false;
            }
        }
        return true;
    }

    private Command read(String line) throws IOException {
        String action = "";
        String view = "";
        int row = -1;
        try (JsonParser parser = json.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a command is an object");
            }
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String name = parser.currentName();
                if (token == JsonToken.VALUE_STRING && "action".equals(name)) {
                    action = parser.getText();
                } else if (token == JsonToken.VALUE_STRING && "view".equals(name)) {
                    view = parser.getText();
                } else if (token == JsonToken.VALUE_NUMBER_INT && "rownum".equals(name)) {
                    row = parser.getIntValue();
                }
            }
        }
        return new Command(action, view, row);
    }
}
