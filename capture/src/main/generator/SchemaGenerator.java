import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turns the tables of {@code capture/src/main/schema} into the Java schema and the C header that the kernel-side code
 * includes. Runs as a single source file on any JDK from 17 on, so that {@code make -C bpf-src} needs no Maven:
 *
 * <pre>
 * java SchemaGenerator.java java SCHEMA_DIR OUTPUT_DIR     the Java sources, below OUTPUT_DIR/org/syscope/capture/event
 * java SchemaGenerator.java c    SCHEMA_DIR OUTPUT_FILE    the C header
 * </pre>
 *
 * A table is UTF-8 text: lines that start with '#' are comments, the first other line names the columns, columns are
 * separated by one tab, '-' stands for an empty cell. Whatever contradicts itself (a hole in the codes, an unknown flag
 * table, a system call without an event type) ends the run with exit status 1 and a line that names the row.
 */
public final class SchemaGenerator {

    private static final int MAX_PARAMETERS = 32;

    private final Path schemaDir;
    private final List<Map<String, String>> parameterTypes;
    private final List<Map<String, String>> events;
    private final Map<String, List<String[]>> flagTables;
    private final List<Map<String, String>> syscalls;
    private final List<Map<String, String>> ia32;
    private final Map<String, List<String>> dynamicTables = new LinkedHashMap<>();
    private final Map<String, String> signatures = new LinkedHashMap<>();

    private SchemaGenerator(Path schemaDir) throws IOException {
        this.schemaDir = schemaDir;
        this.parameterTypes = readTable("parameter-types.tsv");
        this.events = readTable("events.tsv");
        this.syscalls = readTable("syscalls.tsv");
        this.flagTables = new LinkedHashMap<>();
        for (Map<String, String> row : readTable("flags.tsv")) {
            flagTables.computeIfAbsent(row.get("table"), t -> new ArrayList<>())
                    .add(new String[] {row.get("name"), row.get("value")});
        }
        for (Map<String, String> row : readTable("dynamic.tsv")) {
            dynamicTables.computeIfAbsent(row.get("table"), t -> new ArrayList<>())
                    .add(row.get("type") + ":" + row.get("format"));
        }
        this.ia32 = readTable("ia32.tsv");
        for (Map<String, String> row : readTable("signatures.tsv")) {
            signatures.put(row.get("name"), row.get("args"));
        }
        check();
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 3 || !(args[0].equals("java") || args[0].equals("c"))) {
            System.err.println("usage: SchemaGenerator java|c SCHEMA_DIR OUTPUT");
            System.exit(2);
        }
        try {
            SchemaGenerator generator = new SchemaGenerator(Path.of(args[1]));
            if (args[0].equals("java")) {
                generator.writeJava(Path.of(args[2]).resolve("org/syscope/capture/event"));
            } else {
                generator.write(Path.of(args[2]), generator.cHeader());
            }
        } catch (IllegalStateException e) {
            System.err.println("SchemaGenerator: " + e.getMessage());
            System.exit(1);
        }
    }

    private List<Map<String, String>> readTable(String file) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        String[] columns = null;
        int lineNumber = 0;
        for (String line : Files.readAllLines(schemaDir.resolve(file))) {
            lineNumber++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split("\t", -1);
            if (columns == null) {
                columns = cells;
                continue;
            }
            if (cells.length != columns.length) {
                throw new IllegalStateException(file + ":" + lineNumber + ": " + cells.length + " cells, expected "
                        + columns.length);
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.length; i++) {
                row.put(columns[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private void check() {
        for (int code = 0; code < parameterTypes.size(); code++) {
            if (Integer.parseInt(parameterTypes.get(code).get("code")) != code) {
                throw new IllegalStateException("parameter-types.tsv: code " + parameterTypes.get(code).get("code")
                        + " stands where " + code + " is due");
            }
        }
        List<String> enums = new ArrayList<>();
        for (Map<String, String> event : events) {
            if (Integer.parseInt(event.get("code")) != enums.size()) {
                throw new IllegalStateException("events.tsv: code " + event.get("code") + " stands where "
                        + enums.size() + " is due");
            }
            if (enums.contains(event.get("enum"))) {
                throw new IllegalStateException("events.tsv: " + event.get("enum") + " stands twice");
            }
            enums.add(event.get("enum"));
            String[] parameters = parameters(event);
            if (parameters.length > MAX_PARAMETERS) {
                throw new IllegalStateException("events.tsv: " + event.get("enum") + " has more than "
                        + MAX_PARAMETERS + " parameters");
            }
            for (String parameter : parameters) {
                checkParameter(event.get("enum"), parameter, parameters.length);
            }
        }
        List<Map<String, String>> own = new ArrayList<>(syscalls);
        own.addAll(ia32.stream().filter(call -> call.get("as").equals("-")).toList());
        for (Map<String, String> syscall : own) {
            if (syscall.get("exit").equals("GENERIC_X") != signatures.containsKey(syscall.get("name"))) {
                throw new IllegalStateException("signatures.tsv: " + syscall.get("name")
                        + " must stand there if and only if its exit event is GENERIC_X");
            }
        }
        for (Map<String, String> syscall : syscalls) {
            for (String slot : new String[] {"enter", "exit"}) {
                if (!enums.contains(syscall.get(slot)) && !syscall.get(slot).equals("-")) {
                    throw new IllegalStateException("syscalls.tsv: " + syscall.get("name") + ": no event type "
                            + syscall.get(slot));
                }
            }
        }
    }

    private void checkParameter(String event, String parameter, int count) {
        String[] parts = parameter.split(":");
        if (parts.length < 3) {
            throw new IllegalStateException("events.tsv: " + event + ": parameter " + parameter + " is not name:type:format");
        }
        if (parameterTypes.stream().noneMatch(type -> type.get("name").equals(parts[1]))) {
            throw new IllegalStateException("events.tsv: " + event + ": no parameter type " + parts[1]);
        }
        if (parts.length == 3) {
            return;
        }
        if (parts[3].startsWith("dirfd=")) {
            if (Integer.parseInt(parts[3].substring(6)) >= count) {
                throw new IllegalStateException("events.tsv: " + event + ": no parameter " + parts[3]);
            }
        } else if (parts[1].equals("DYN") && !dynamicTables.containsKey(parts[3])) {
            throw new IllegalStateException("events.tsv: " + event + ": no dynamic table " + parts[3]);
        } else if (!parts[1].equals("DYN") && !flagTables.containsKey(parts[3])) {
            throw new IllegalStateException("events.tsv: " + event + ": no flag table " + parts[3]);
        }
    }

    private static String[] parameters(Map<String, String> event) {
        String cell = event.get("params");
        return cell.equals("-") ? new String[0] : cell.split(";");
    }

    private void write(Path file, String text) throws IOException {
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!Files.exists(file) || !java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
            Files.write(file, bytes);
        }
    }

    private void writeJava(Path folder) throws IOException {
        write(folder.resolve("EventCodes.java"), eventCodes());
        write(folder.resolve("ParameterType.java"), parameterType());
        write(folder.resolve("SchemaRows.java"), schemaRows());
    }

    private static final String GENERATED = "// Generated from capture/src/main/schema by SchemaGenerator. Edit the tables.\n";

    private String eventCodes() {
        StringBuilder out = new StringBuilder(GENERATED);
        out.append("package org.syscope.capture.event;\n\n");
        out.append("/** The event type codes as they stand in capture files (PPME_* of the driver's event table). */\n");
        out.append("public final class EventCodes {\n\n");
        for (Map<String, String> event : events) {
            out.append("    /** ").append(event.get("name")).append(", category ").append(event.get("category")).append(". */\n");
            out.append("    public static final int PPME_").append(event.get("enum")).append(" = ").append(event.get("code"))
                    .append(";\n");
        }
        out.append("\n    /** How many codes there are; codes from here on are unknown to this version. */\n");
        out.append("    public static final int COUNT = ").append(events.size()).append(";\n\n");
        out.append("    private EventCodes() {\n    }\n}\n");
        return out.toString();
    }

    private String parameterType() {
        StringBuilder out = new StringBuilder(GENERATED);
        out.append("package org.syscope.capture.event;\n\n/**\n");
        out.append(" * The types of event parameters ({@code PT_*} of the driver's event table). All numbers on the wire are\n");
        out.append(" * little endian and unaligned; a length of 0 means \"empty or not available\" for every type.\n */\n");
        out.append("public enum ParameterType {\n");
        for (Map<String, String> type : parameterTypes) {
            String width = type.get("width").equals("var") ? "-1" : type.get("width");
            out.append("    /** ").append(type.get("description")).append(" */\n    ").append(type.get("name")).append('(')
                    .append(width).append(", ").append(type.get("signed").equals("yes")).append("),\n");
        }
        out.append("    ;\n\n    private final int width;\n    private final boolean signed;\n\n");
        out.append("    ParameterType(int width, boolean signed) {\n        this.width = width;\n        this.signed = signed;\n");
        out.append("    }\n\n    /** The PT_* number, from 0. */\n    public int code() {\n        return ordinal();\n    }\n\n");
        out.append("    /** Width on the wire in bytes, -1 where it varies. */\n    public int width() {\n        return width;\n");
        out.append("    }\n\n    /** Whether a number of this type is signed. */\n    public boolean signed() {\n");
        out.append("        return signed;\n    }\n}\n");
        return out.toString();
    }

    private String schemaRows() {
        StringBuilder out = new StringBuilder(GENERATED);
        out.append("package org.syscope.capture.event;\n\n");
        out.append("/** The rows of the schema tables, cells separated by tabs, parsed one by one when first asked for. */\n");
        out.append("final class SchemaRows {\n\n");
        out.append("    /** code, enum, name, category, flags, params; the index is the code. */\n");
        out.append("    static final String[] EVENTS = {\n");
        for (Map<String, String> event : events) {
            stringRow(out, String.join("\t", event.values()));
        }
        out.append("    };\n\n    /** name, then name=value pairs separated by blanks, in matching order. */\n");
        out.append("    static final String[] FLAG_TABLES = {\n");
        flagTables.forEach((name, entries) -> {
            StringBuilder row = new StringBuilder(name).append('\t');
            for (int i = 0; i < entries.size(); i++) {
                row.append(i == 0 ? "" : " ").append(entries.get(i)[0]).append('=').append(entries.get(i)[1]);
            }
            stringRow(out, row.toString());
        });
        out.append("    };\n\n    /** name, then type:format pairs separated by blanks; the index is the one on the wire. */\n");
        out.append("    static final String[] DYNAMIC_TABLES = {\n");
        dynamicTables.forEach((name, entries) -> stringRow(out, name + "\t" + String.join(" ", entries)));
        out.append("    };\n\n    /** name, x86_64, aarch64, sc, sc_enum, enter, exit, signature; those that only 32-bit programs have come last. */\n");
        out.append("    static final String[] SYSCALLS = {\n");
        for (Map<String, String> syscall : syscalls) {
            stringRow(out, String.join("\t", syscall.values()) + '\t' + signatures.getOrDefault(syscall.get("name"), "-"));
        }
        for (Map<String, String> call : ia32) {
            if (call.get("as").equals("-")) {
                stringRow(out, String.join("\t", call.get("name"), "-", "-", call.get("sc"), "-", call.get("enter"),
                        call.get("exit"), signatures.getOrDefault(call.get("name"), "-")));
            }
        }
        out.append("    };\n\n    private SchemaRows() {\n    }\n}\n");
        return out.toString();
    }

    private static void stringRow(StringBuilder out, String row) {
        out.append("        \"").append(row.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t")).append("\",\n");
    }

    private String cHeader() {
        StringBuilder out = new StringBuilder("/* SPDX-License-Identifier: GPL-2.0-only OR MIT */\n/*")
                .append(GENERATED.substring(2).stripTrailing()).append(" */\n");
        out.append("#ifndef SYSCOPE_SCHEMA_H\n#define SYSCOPE_SCHEMA_H\n\n");
        for (Map<String, String> event : events) {
            out.append("#define PPME_").append(event.get("enum")).append(' ').append(event.get("code")).append('\n');
        }
        for (Map<String, String> type : parameterTypes) {
            out.append("#define PT_").append(type.get("name")).append(' ').append(type.get("code")).append('\n');
        }
        out.append("#define PPME_COUNT ").append(events.size()).append("\n\n");
        out.append("/* number of parameters of each event type: X(code, nparams) */\n#define SYSCOPE_EVENT_PARAMS(X) \\\n");
        for (Map<String, String> event : events) {
            out.append("\tX(PPME_").append(event.get("enum")).append(", ").append(parameters(event).length).append(") \\\n");
        }
        out.append("\n");
        for (Map<String, String> syscall : syscalls) {
            out.append("#define PPM_SC_").append(syscall.get("sc_enum")).append(' ').append(syscall.get("sc")).append('\n');
        }
        out.append("\n/* flags and enums as on the wire: PPM_<table>_<name> */\n");
        flagTables.forEach((table, entries) -> {
            for (String[] entry : entries) {
                out.append("#define PPM_").append(table.toUpperCase(Locale.ROOT)).append('_').append(entry[0]).append(' ')
                        .append(entry[1]).append('\n');
            }
        });
        for (String architecture : new String[] {"x86_64", "aarch64"}) {
            out.append("\n/* X(number, PPM_SC code, enter event, exit event, arguments, texts, outputs); an event"
                    + " of -1: none; bit i of texts: argument i is a text, of outputs: bytes that the call has written */\n#define SYSCOPE_SYSCALLS_")
                    .append(architecture.toUpperCase(Locale.ROOT)).append("(X) \\\n");
            for (Map<String, String> syscall : syscalls) {
                if (!syscall.get(architecture).equals("-")) {
                    out.append("\tX(").append(syscall.get(architecture)).append(", PPM_SC_").append(syscall.get("sc_enum"))
                            .append(", ").append(cEvent(syscall.get("enter"))).append(", ")
                            .append(cEvent(syscall.get("exit")))
                            .append(cSignature(syscall.get("name"))).append(") \\\n");
                }
            }
            out.append("\n");
        }
        out.append("\n/* the same for 32-bit programs on x86_64 */\n#define SYSCOPE_SYSCALLS_IA32(X) \\\n");
        for (Map<String, String> call : ia32) {
            Map<String, String> row = call.get("as").equals("-") ? call : syscall(call);
            out.append("\tX(").append(call.get("number")).append(", ").append(row.get("sc")).append(", ")
                    .append(cEvent(row.get("enter"))).append(", ").append(cEvent(row.get("exit")))
                    .append(cSignature(call.get(call.get("as").equals("-") ? "name" : "as"))).append(") \\\n");
        }
        out.append("\n#endif\n");
        return out.toString();
    }

    private Map<String, String> syscall(Map<String, String> call) {
        for (Map<String, String> syscall : syscalls) {
            if (syscall.get("name").equals(call.get("as"))) {
                return syscall;
            }
        }
        throw new IllegalStateException("ia32.tsv: " + call.get("name") + ": no call " + call.get("as"));
    }

    private String cSignature(String syscall) {
        String cell = signatures.getOrDefault(syscall, "-");
        String[] arguments = cell.equals("-") ? new String[0] : cell.split(";");
        int texts = 0;
        int outputs = 0;
        for (int i = 0; i < arguments.length; i++) {
            texts |= arguments[i].endsWith(":str") ? 1 << i : 0;
            outputs |= arguments[i].endsWith(":out") ? 1 << i : 0;
        }
        return ", " + arguments.length + ", " + texts + ", " + outputs;
    }

    private static String cEvent(String name) {
        return name.equals("-") ? "-1" : "PPME_" + name;
    }
}
