package org.syscope.chisels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What chisels there are: for {@code -cl}, {@code -i} and the words behind {@code -c}. */
public final class ChiselLibrary {
    private final ChiselPath path;

    /** The chisels of a search path. */
    public ChiselLibrary(ChiselPath path) {
        this.path = path;
    }

    /**
     * What a chisel says of itself.
     *
     * @param name as on the command line
     * @throws ChiselException if there is none of that name, or it does not load
     */
    public ChiselInfo describe(String name) throws ChiselException {
        return load(require(name)).info();
    }

    /**
     * All chisels there are, helper modules and views left out, hidden ones included, by name.
     *
     * @param problems gets a line for each script that does not load
     */
    public List<ChiselInfo> list(Consumer<String> problems) throws ChiselException {
        List<ChiselInfo> chisels = new ArrayList<>();
        for (Script script : path.all()) {
            if (!declaresArguments(script)) {
                continue;
            }
            try {
                LoadedScript loaded = load(script);
                if (!loaded.isView()) {
                    chisels.add(loaded.info());
                }
            } catch (ChiselException e) {
                problems.accept(e.getMessage());
            }
        }
        return chisels;
    }

    /** The script of that name. */
    Script require(String name) throws ChiselException {
        return path.find(name).orElseThrow(
                () -> ChiselException.usage("chisel " + name + " not found - use -cl to list them"));
    }

    private static boolean declaresArguments(Script script) {
        byte[] text = script.text();
        for (int i = 0; i + 4 < text.length; i++) {
            if ((i == 0 || text[i - 1] == '\n') && text[i] == 'a' && text[i + 1] == 'r' && text[i + 2] == 'g'
                    && text[i + 3] == 's') {
                return true;
            }
        }
        return false;
    }

    private LoadedScript load(Script script) throws ChiselException {
        CaptureSession session = new ListingSession();
        return LoadedScript.load(script, path, session.out(),
                globals -> new ScriptInterfaces(new RunningChisel(session), session).install(globals));
    }
}
