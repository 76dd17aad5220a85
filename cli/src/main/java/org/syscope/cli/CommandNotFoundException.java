package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The command behind {@code --} is none; with the exit status that shells, env(1) and timeout(1) have for that. */
final class CommandNotFoundException extends IOException {

    private static final long serialVersionUID = 1;
    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;

    private final int status;

    private CommandNotFoundException(int status, String message) {
        super(message);
        this.status = status;
    }

    /**
     * Looks for a command as execvp(3) does.
     *
     * @param environment its PATH says where
     * @throws CommandNotFoundException if there is none, or nothing that could be executed; says so in one line
     */
    static void check(String command, Map<String, String> environment) throws CommandNotFoundException {
        Path denied = null;
        if (command.indexOf('/') >= 0) {
            Path file = Path.of(command);
            if (!Files.exists(file)) {
                throw new CommandNotFoundException(NOT_FOUND, command + ": no such command");
            }
            denied = executable(file) ? null : file;
        } else {
            for (String folder : environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin").split(":", -1)) {
                Path file = Path.of(folder.isEmpty() ? "." : folder, command);
                if (executable(file)) {
                    return;
                }
                denied = Files.isRegularFile(file) ? file : denied;
            }
            if (denied == null) {
                throw new CommandNotFoundException(NOT_FOUND, command + ": no such command in any folder of PATH");
            }
        }
        if (denied != null) {
            throw new CommandNotFoundException(NOT_EXECUTABLE, denied + (Files.isDirectory(denied) ? ": is a directory"
                    : ": no permission to execute it"));
        }
    }

    private static boolean executable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** The exit status. */
    int status() {
        return status;
    }
}
