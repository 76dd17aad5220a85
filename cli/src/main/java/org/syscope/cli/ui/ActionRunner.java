package org.syscope.cli.ui;

import java.io.IOException;
import java.io.InputStream;
import org.syscope.cli.ui.terminal.Display;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Runs commands for rows with the terminal theirs meanwhile; Ctrl+C then ends the command, not the UI. */
final class ActionRunner {

    private final Display device;

    ActionRunner(Display device) {
        this.device = device;
    }

    /** Puts a text on the clipboard. */
    void copy(String text) {
        device.copy(text);
    }

    /**
     * Runs a command in a shell and waits for its end.
     *
     * @param wait whether the user presses Enter before the UI is back; after a failure always
     * @return what came of it, in a line
     */
    String run(String command, boolean wait) {
        device.lend();
        // a handler, unlike ignoring, is not inherited by the command
        SignalHandler before = Signal.handle(new Signal("INT"), signal -> { });
        try {
            Process process = new ProcessBuilder("/bin/sh", "-c", command).inheritIO().start();
            int status = process.waitFor();
            if (wait || status != 0) {
                System.out.print("\r\n[" + command + (status == 0 ? " has ended" : " ended with status " + status)
                        + "; press Enter to go back to syscope] ");
                System.out.flush();
                awaitEnter();
            }
            return status == 0 ? command + ": done" : command + ": status " + status;
        } catch (IOException e) {
            return "/bin/sh cannot be run: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return command + ": interrupted";
        } finally {
            Signal.handle(new Signal("INT"), before);
            device.takeBack();
        }
    }

    private static void awaitEnter() throws IOException {
        InputStream in = System.in;
        int read = in.read();
        while (read >= 0 && read != '\n' && read != '\r') {
            read = in.read();
        }
    }
}
