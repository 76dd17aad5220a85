package org.syscope.chisels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.syscope.chisels.lua.LuaEngine;

/**
 * Where scripts are looked for: the directories of {@code SYSDIG_CHISEL_DIR} (separated by {@code ;}, the last one
 * first), the path as given, {@code ./chisels}, {@code ~/.chisels}, our own set, {@code /usr/share/sysdig/chisels}. In
 * each place NAME.lua is tried first, then NAME. A script found earlier hides later ones of the same name.
 */
public final class ChiselPath {
    /** Variable that holds directories of the user's. */
    public static final String VARIABLE = "SYSDIG_CHISEL_DIR";

    private static final String RESOURCES = "/chisels/";
    private static final String INDEX = RESOURCES + "index";
    private static final String SUFFIX = ".lua";

    private final List<Path> before;
    private final List<Path> after;

    /**
     * A path of some directories with our own set in between.
     *
     * @param before searched before our own set; an empty path stands for names as given
     * @param after searched behind it
     */
    public ChiselPath(List<Path> before, List<Path> after) {
        this.before = List.copyOf(before);
        this.after = List.copyOf(after);
    }

    /** The usual path. The environment is that of the process: {@code SYSDIG_CHISEL_DIR} and {@code HOME} count. */
    public static ChiselPath of(Map<String, String> environment) {
        List<Path> before = new ArrayList<>();
        String variable = environment.get(VARIABLE);
        if (variable != null) {
            for (String directory : variable.split(";")) {
                if (!directory.isBlank()) {
                    before.addFirst(Path.of(directory.strip()));
                }
            }
        }
        before.add(Path.of(""));
        before.add(Path.of("chisels"));
        String home = environment.get("HOME");
        if (home != null && !home.isEmpty()) {
            before.add(Path.of(home, ".chisels"));
        }
        return new ChiselPath(before, List.of(Path.of("/usr/share/sysdig/chisels")));
    }

    /**
     * Finds a script.
     *
     * @param name a name, with or without {@code .lua}, or a path
     * @return empty if there is none
     * @throws ChiselException if it is there but cannot be read
     */
    Optional<Script> find(String name) throws ChiselException {
        for (Path directory : before) {
            Script script = in(directory, name);
            if (script != null) {
                return Optional.of(script);
            }
        }
        Script stock = stock(name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name);
        if (stock != null) {
            return Optional.of(stock);
        }
        for (Path directory : after) {
            Script script = in(directory, name);
            if (script != null) {
                return Optional.of(script);
            }
        }
        return Optional.empty();
    }

    /** The module that a script requires: NAME.lua in the same places; null if there is none. */
    LuaEngine.Source module(String name) {
        try {
            Optional<Script> script = find(name + SUFFIX);
            return script.map(found -> new LuaEngine.Source(found.location(), found.text())).orElse(null);
        } catch (ChiselException e) {
            return null;
        }
    }

    /** All scripts of all places by name, ours included, the names as given not; sorted. */
    List<Script> all() throws ChiselException {
        Map<String, Script> found = new LinkedHashMap<>();
        for (Path directory : before) {
            if (!directory.toString().isEmpty()) {
                addAll(directory, found);
            }
        }
        for (String name : stockNames()) {
            found.putIfAbsent(name, stock(name));
        }
        for (Path directory : after) {
            addAll(directory, found);
        }
        return found.values().stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
    }

    /** Names of our own scripts, helper modules included. */
    static List<String> stockNames() {
        return new String(resource(INDEX), StandardCharsets.UTF_8).lines().toList();
    }

    private static Script in(Path directory, String name) throws ChiselException {
        try {
            Path exact = directory.resolve(name);
            Path file = exact.resolveSibling(exact.getFileName() + SUFFIX);
            if (!Files.isRegularFile(file)) {
                file = exact;
            }
            return Files.isRegularFile(file) || Files.exists(file) && !Files.isDirectory(file) ? read(file) : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static void addAll(Path directory, Map<String, Script> found) throws ChiselException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                Script script = read(file);
                found.putIfAbsent(script.name(), script);
            }
        } catch (IOException e) {
            throw ChiselException.failure("cannot list chisels in " + directory + ": " + e.getMessage());
        }
    }

    private static Script read(Path file) throws ChiselException {
        String name = file.getFileName().toString();
        try {
            return new Script(name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name,
                    file.toString(), Files.readAllBytes(file), false);
        } catch (IOException e) {
            throw ChiselException.failure("cannot read chisel " + file + ": " + e.getMessage());
        }
    }

    private static Script stock(String name) {
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            return null;
        }
        byte[] text = resource(RESOURCES + name + SUFFIX);
        return text == null ? null : new Script(name, name + SUFFIX, text, true);
    }

    private static byte[] resource(String name) {
        try (InputStream in = ChiselPath.class.getResourceAsStream(name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("unreadable resource " + name, e);
        }
    }
}
