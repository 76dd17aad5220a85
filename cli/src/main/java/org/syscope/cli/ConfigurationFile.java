package org.syscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.syscope.cli.CommandWords.Occurrence;

/**
 * The user's defaults: {@code $XDG_CONFIG_HOME/syscope/config}, or {@code ~/.config/syscope/config}. One option a line by
 * its long name, {@code name = value} or only {@code name}; empty lines and lines that begin with # are passed over. What
 * the command line gives counts more.
 */
final class ConfigurationFile {

    private static final Set<Option> ALLOWED = EnumSet.of(Option.PRINT, Option.COLOR, Option.SNAPLEN, Option.TIME,
            Option.JSON, Option.VERBOSE, Option.RESOLVE_PORTS, Option.UNBUFFERED, Option.LOG_LEVEL, Option.EXCLUDE_USERS,
            Option.COMPRESS, Option.SUPPRESS_COMM);

    private ConfigurationFile() {
    }

    /** Where the file is looked for; null if the environment names no place. */
    static Path place(Map<String, String> environment) {
        String configuration = environment.get("XDG_CONFIG_HOME");
        if (configuration != null && configuration.startsWith("/")) {
            return Path.of(configuration, "syscope", "config");
        }
        String home = environment.get("HOME");
        return home == null || home.isEmpty() ? null : Path.of(home, ".config", "syscope", "config");
    }

    /**
     * The defaults of a file, as if they stood in front of the command line; none if there is no such file.
     *
     * @throws UsageException with file and line if a line is not an option that may stand there
     */
    static List<Occurrence> read(Path file) throws UsageException {
        List<String> lines;
        try {
            if (file == null || !Files.exists(file)) {
                return List.of();
            }
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UsageException(file + ": cannot be read: " + e.getMessage());
        }
        List<Occurrence> defaults = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                defaults.add(option(line, file + ", line " + (i + 1)));
            }
        }
        return defaults;
    }

    private static Occurrence option(String line, String place) throws UsageException {
        int equals = line.indexOf('=');
        String name = (equals < 0 ? line : line.substring(0, equals)).strip();
        String value = equals < 0 ? null : line.substring(equals + 1).strip();
        for (Option option : ALLOWED) {
            if (option.longName().equals(name)) {
                if ((value != null) != (option.argument() == Option.Argument.REQUIRED)) {
                    throw new UsageException(place + ": " + name + (value == null ? " needs a value" : " takes no value"));
                }
                return new Occurrence(option, value, -1);
            }
        }
        List<String> names = ALLOWED.stream().map(Option::longName).sorted().toList();
        throw new UsageException(place + ": '" + name + "' cannot be set here; what can: " + String.join(", ", names));
    }
}
