package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something that building a driver on this machine needs.
 *
 * @param name what it is, such as {@code clang}
 * @param found where it is; null if it is missing
 * @param hint how to get it, one line; empty if it is there
 */
public record BuildTool(String name, String found, String hint) {

    /**
     * All that building for the running kernel needs.
     *
     * @param environment the process's variables, of which PATH is used
     */
    public static List<BuildTool> all(Map<String, String> environment) {
        List<BuildTool> all = new ArrayList<>();
        all.add(of("headers", () -> KernelHeaders.ofRunningKernel().folder().toString()));
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        all.add(of("clang", () -> Clang.find(path).toString()));
        for (String program : List.of("make", "gcc")) {
            all.add(of(program, () -> find(program, path)));
        }
        return all;
    }

    /**
     * Where a program is: the first of the folders of a PATH that has it, alone or with a number behind its name, as gcc-12.
     *
     * @throws DriverException if there is none, with the package that has it
     */
    static String find(String program, String path) throws DriverException {
        Pattern names = Pattern.compile(Pattern.quote(program) + "(-\\d+)?");
        for (String folder : path.split(":")) {
            try (Stream<Path> files = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
                Optional<Path> file = files.filter(each -> names.matcher(each.getFileName().toString()).matches()
                        && Files.isRegularFile(each) && Files.isExecutable(each)).min(Comparator.naturalOrder());
                if (file.isPresent()) {
                    return file.get().toString();
                }
            } catch (IOException e) {
                // a folder of PATH that cannot be read has nothing for us
            }
        }
        throw new DriverException("kernel module: there is no " + program + " to build it with",
                "install it: " + Distribution.install(program), "", null);
    }

    /** What a search throws has the hint. */
    private static BuildTool of(String name, Search search) {
        try {
            return new BuildTool(name, search.find(), "");
        } catch (DriverException e) {
            return new BuildTool(name, null, e.hint());
        } catch (IOException e) {
            return new BuildTool(name, null, e.getMessage());
        }
    }

    private interface Search {
        String find() throws IOException;
    }
}
