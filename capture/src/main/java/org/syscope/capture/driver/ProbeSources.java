package org.syscope.capture.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/** The C sources of the classic probe, which this program carries; {@code bpf-src/classic/SOURCES} lists them. */
final class ProbeSources {

    private static final String LIST = "classic/SOURCES";

    private ProbeSources() {
    }

    /** {@return the names of all files, relative to their folder} */
    static List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (String line : new String(read(LIST), StandardCharsets.UTF_8).split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                names.add(line.strip());
            }
        }
        return names;
    }

    /** {@return a number that differs when any of them does: probes compiled from others do not fit this program} */
    static String identity() throws IOException {
        CRC32 sum = new CRC32();
        for (String name : names()) {
            sum.update(read(name));
        }
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /** Writes all of them into a folder. */
    static void unpack(Path folder) throws IOException {
        for (String name : names()) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, read(name));
        }
    }

    /** {@return the content of one of them} */
    static byte[] read(String name) throws IOException {
        try (InputStream in = ProbeSources.class.getResourceAsStream("source/" + name)) {
            if (in == null) {
                throw new IOException("this program does not carry the source file " + name);
            }
            return in.readAllBytes();
        }
    }
}
