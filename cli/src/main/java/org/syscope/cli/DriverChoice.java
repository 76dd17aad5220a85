package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.syscope.capture.driver.ClassicKind;
import org.syscope.capture.driver.Driver;
import org.syscope.capture.driver.DriverException;
import org.syscope.capture.driver.DriverKind;
import org.syscope.capture.driver.DriverOptions;
import org.syscope.capture.driver.ModuleKind;
import org.syscope.capture.driver.UniversalKind;

/**
 * Opens the driver that was asked for or, where none was, the first that works. Takes what is there: it builds nothing and
 * loads no module.
 */
final class DriverChoice {

    private final List<DriverKind> kinds;

    /** A choice among kinds of driver, the preferred one first. */
    DriverChoice(List<DriverKind> kinds) {
        this.kinds = kinds;
    }

    /**
     * All kinds of driver, the preferred one first.
     *
     * @param probe file of the bpf driver's probe; null for the default place
     */
    static List<DriverKind> kinds(String probe, Map<String, String> environment) {
        return List.of(new UniversalKind(), new ClassicKind(probe == null ? null : Path.of(probe), environment),
                new ModuleKind());
    }

    /** The choice for what a command line and, where it is silent, the process's variables ask for. */
    static DriverChoice of(DriverWish wish, Map<String, String> environment) {
        DriverWish resolved = wish.in(environment);
        return of(resolved, kinds(resolved.probe(), environment));
    }

    /**
     * The choice for what was asked for.
     *
     * @param all kinds of driver, the preferred one first
     */
    static DriverChoice of(DriverWish wish, List<DriverKind> all) {
        return new DriverChoice(wish.name().equals(DriverWish.AUTO) ? all
                : all.stream().filter(kind -> kind.name().equals(wish.name())).toList());
    }

    /**
     * Opens the first driver that works.
     *
     * @param tell takes one line for each of several drivers that does not work, and one for the one that does
     * @throws DriverException if none does. The message is that of the only one or, where this machine has all that the
     *     preferred one needs, of that one; otherwise it has the reasons of all
     */
    Driver open(DriverOptions options, Consumer<String> tell) throws IOException {
        DriverException first = null;
        StringJoiner reasons = new StringJoiner("; ");
        for (DriverKind kind : kinds) {
            String refusal = kind.refusal();
            if (refusal == null) {
                try {
                    Driver opened = kind.open(options);
                    tell.accept("the " + kind.name() + " driver traces");
                    return opened;
                } catch (DriverException e) {
                    if (kind == kinds.getFirst()) {
                        first = e;
                    }
                    refusal = e.getMessage() + (e.hint().isEmpty() ? "" : "; " + e.hint());
                }
            }
            refusal = withoutName(kind, refusal);
            reasons.add(kind.name() + ": " + refusal);
            if (kinds.size() > 1) {
                tell.accept("the " + kind.name() + " driver cannot be used: " + refusal);
            }
        }
        if (first != null) {
            throw first;
        }
        throw new DriverException(kinds.size() == 1 ? "the " + kinds.getFirst().name() + " driver cannot be used: "
                + reasons.toString().substring(kinds.getFirst().name().length() + 2)
                : "no driver can be used: " + reasons, "", "", null);
    }

    /** A driver's words about itself, for a place where its name stands already. */
    static String withoutName(DriverKind kind, String message) {
        String name = kind.name() + " driver: ";
        return message.startsWith(name) ? message.substring(name.length()) : message;
    }
}
