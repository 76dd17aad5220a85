package org.syscope.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.syscope.capture.driver.DriverException;
import org.syscope.capture.state.SystemState;
import org.syscope.chisels.ChiselException;
import org.syscope.chisels.ChiselLibrary;
import org.syscope.chisels.ChiselListing;
import org.syscope.chisels.ChiselPath;
import org.syscope.cli.ui.UiScreen;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.format.FormatException;
import org.syscope.filters.format.StandardFormats;
import org.syscope.filters.lang.FilterException;

/**
 * One run of the program: understands the command line, does what it asks for, and says on stderr what went wrong, in
 * one line that says what to do. A stack trace comes only with {@code --debug}.
 */
final class Program {

    /** The run ended well. */
    static final int OK = 0;
    /** It failed; what could be done was done. */
    static final int FAILURE = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;

    private static final String SCHEMA = "4.5.1 of falcosecurity libs";

    private final StandardOutput out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private boolean debug;

    /**
     * A program that writes data to {@code out} and messages to {@code err}.
     *
     * @param environment the process's variables
     */
    Program(StandardOutput out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    /** Runs a command line; gives the process's exit status. */
    int run(List<String> arguments) {
        int status;
        try {
            status = execute(arguments);
            out.flush();
        } catch (OutputClosedException e) {
            status = OK;
        } catch (UsageException e) {
            status = complain(e, USAGE, e.getMessage() + "; --help shows the options");
        } catch (FilterException e) {
            status = complain(e, USAGE, e.render());
        } catch (FormatException e) {
            status = complain(e, USAGE, e.render());
        } catch (ChiselException e) {
            status = e.getMessage().isEmpty() ? e.status() : complain(e, e.status(), e.getMessage());
        } catch (DriverException e) {
            status = complain(e, FAILURE, e.getMessage() + (e.hint().isEmpty() ? "" : "; " + e.hint()));
            if (debug && !e.log().isEmpty()) {
                err.println(e.log());
            }
        } catch (CommandNotFoundException e) {
            status = complain(e, e.status(), e.getMessage());
        } catch (IOException e) {
            status = complain(e, FAILURE, e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (OutOfMemoryError e) {
            status = complain(e, FAILURE, "out of memory: " + e.getMessage()
                    + "; SYSCOPE_JAVA_OPTS=-Xmx2g gives the program more");
        } catch (RuntimeException | LinkageError e) {
            status = complain(e, FAILURE, "internal error: " + e + "; --debug shows where, please report it");
        }
        err.flush();
        return status;
    }

    private int execute(List<String> arguments) throws IOException, UsageException, FilterException, FormatException,
            ChiselException {
        int end = arguments.indexOf("--");
        List<String> own = end < 0 ? arguments : arguments.subList(0, end);
        debug = own.contains("--debug") || own.contains("-D");
        Subcommand subcommand = arguments.isEmpty() ? null : Subcommand.of(arguments.getFirst());
        if (subcommand != null) {
            List<String> rest = arguments.subList(1, arguments.size());
            return switch (subcommand) {
                case UI -> new UiCommand(out, err, environment).run(rest, UiScreen::new);
                case DRIVER -> new DriverCommand(out, err, environment).run(rest);
                case INFO -> info(rest);
                case GENERATE -> generate(rest);
            };
        }
        CommandWords words = CommandWords.parse(arguments);
        Settings settings = new Settings(words, ConfigurationFile.read(ConfigurationFile.place(environment)));
        if (settings.has(Option.HELP)) {
            return print(Help.brief());
        }
        if (settings.has(Option.HELP_ALL)) {
            return print(Help.full());
        }
        if (settings.has(Option.VERSION)) {
            return print("syscope version " + version() + "\n");
        }
        if (settings.has(Option.LIBS_VERSION)) {
            return print("event schema " + SCHEMA + ", no libs: this program has its own\n");
        }
        if (settings.has(Option.LIST_EVENTS)) {
            return print(EventListing.text());
        }
        if (settings.has(Option.LIST) || settings.has(Option.LIST_MARKDOWN)) {
            checkSource(settings, Option.LIST);
            checkSource(settings, Option.LIST_MARKDOWN);
            FieldCatalog catalog = new EventFormats(settings, new SystemState(null)).catalog();
            if (settings.has(Option.JSON)) {
                return print(FieldListing.json(catalog));
            }
            return print(settings.has(Option.LIST) ? FieldListing.text(catalog, settings.has(Option.VERBOSE))
                    : FieldListing.markdown(catalog));
        }
        if ("p".equals(settings.value(Option.PRINT))) {
            return print(StandardFormats.DEFAULT + "\n");
        }
        if (settings.has(Option.LIST_CHISELS) || "l".equals(settings.value(Option.CHISEL))) {
            return print(ChiselListing.all(new ChiselLibrary(ChiselPath.of(environment))
                    .list(problem -> err.println("syscope: " + problem))));
        }
        if (settings.has(Option.CHISEL_INFO)) {
            ChiselLibrary library = new ChiselLibrary(ChiselPath.of(environment));
            return print(ChiselListing.describe(library.describe(settings.value(Option.CHISEL_INFO))));
        }
        Session session = new Session(settings, out, err, environment);
        int status = session.run();
        return session.nextRun() == null ? status : execute(split(session.nextRun()));
    }

    private static void checkSource(Settings settings, Option option) throws UsageException {
        String source = settings.value(option);
        if (source != null && !source.equals("syscall")) {
            throw new UsageException("--" + option.longName() + ": '" + source
                    + "' is no source of events: there is only syscall");
        }
    }

    /** The version of the jar; while classes run without one, that of a developer's build. */
    static String version() {
        String version = Program.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The words of a command line in one text: at blanks, but not within double quotes. */
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ' ' && !quoted) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
            } else {
                word = word == null ? new StringBuilder() : word;
                if (c == '"') {
                    quoted = !quoted;
                } else {
                    word.append(c);
                }
            }
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    private int info(List<String> arguments) throws IOException, UsageException {
        if (asksForHelp(arguments)) {
            return print("Usage: syscope info FILE\nTells what a capture is and holds: when, where and by what it was written,"
                    + "\nits events by type and by process, and what was lost.\n");
        }
        if (arguments.size() != 1) {
            throw new UsageException("info takes one file");
        }
        InfoCommand.run(arguments.getFirst(), out);
        return OK;
    }

    /** Whether all that is wanted of a subcommand is to know what it takes. */
    static boolean asksForHelp(List<String> arguments) {
        return arguments.size() == 1 && (arguments.getFirst().equals("-h") || arguments.getFirst().equals("--help"));
    }

    /** For packaging: {@code syscope generate man|bash|zsh|fish}. */
    private int generate(List<String> arguments) throws IOException, UsageException {
        if (asksForHelp(arguments)) {
            return print("Usage: syscope generate man|bash|zsh|fish\nPrints the manual page, or the completion of a shell.\n");
        }
        String what = arguments.size() == 1 ? arguments.getFirst() : "";
        if (what.equals("man")) {
            return print(ManPage.text(version()));
        }
        Settings none = new Settings(CommandWords.parse(List.of()));
        String script = new Completions(new EventFormats(none, new SystemState(null)).catalog()).script(what);
        if (script == null) {
            throw new UsageException("generate takes one of man, bash, zsh, fish");
        }
        return print(script);
    }

    private int print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return OK;
    }

    /** Lets the data out first, so that the message stands behind what was there before the fault. */
    private int complain(Throwable error, int status, String message) {
        try {
            out.flush();
        } catch (IOException e) {
            if (e instanceof OutputClosedException && status == OK) {
                return OK;
            }
        }
        err.println("syscope: " + message);
        if (debug) {
            error.printStackTrace(err);
        }
        return status;
    }
}
