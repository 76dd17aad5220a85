package org.syscope.capture.driver;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.syscope.capture.event.ParameterInfo;

/** Compares the bytes of one parameter with what the workload expects there, by the schema's type. */
record ParameterCheck(ParameterInfo info, byte[] bytes) {

    /** What is wrong, or null. */
    String difference(String name, String kind, String expected) {
        if (!name.equals(info.name())) {
            return "parameter " + info.index() + " is " + info.name() + ", expected " + name;
        }
        String is = switch (kind) {
            case "i" -> number(Long.parseLong(expected));
            case "f" -> number(flags(expected));
            case "r" -> range(expected.split(" "));
            case "n" -> bytes.length == 0 ? null : shown();
            case "s" -> text(expected);
            case "x" -> pattern(expected);
            case "g" -> controlGroups(expected);
            default -> throw new IllegalStateException(kind);
        };
        return is == null ? null : name + " (" + info.type() + "): expected " + kind + " " + expected + ", is " + is;
    }

    private boolean widthIsRight() {
        return info.type().width() < 0 || bytes.length == info.type().width();
    }

    private long value() {
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << 8 | bytes[i] & 0xff;
        }
        int unused = 64 - 8 * bytes.length;
        return info.type().signed() ? value << unused >> unused : value;
    }

    private String number(long expected) {
        if (bytes.length == 0 || !widthIsRight()) {
            return shown();
        }
        return value() == expected ? null : value() + " (0x" + Long.toHexString(value()) + ")";
    }

    private long flags(String names) {
        long value = 0;
        for (String name : names.split("\\|")) {
            if (!name.isEmpty()) {
                value |= info.flagTable().value(name);
            }
        }
        return value;
    }

    private String range(String[] limits) {
        if (bytes.length == 0 || !widthIsRight()) {
            return shown();
        }
        long low = Long.parseLong(limits[0]);
        long high = Long.parseLong(limits[1]);
        boolean unsigned = Long.compareUnsigned(value(), low) >= 0 && Long.compareUnsigned(value(), high) <= 0;
        return unsigned ? null : Long.toString(value());
    }

    private String text(String expected) {
        byte[] wanted = (expected + "\0").getBytes(StandardCharsets.UTF_8);
        return java.util.Arrays.equals(wanted, bytes) ? null : shown();
    }

    private String pattern(String expected) {
        String hex = HexFormat.of().formatHex(bytes);
        if (hex.length() != expected.length()) {
            return shown();
        }
        for (int i = 0; i < hex.length(); i++) {
            if (expected.charAt(i) != '?' && expected.charAt(i) != hex.charAt(i)) {
                return shown();
            }
        }
        return null;
    }

    /** Lines of /proc/PID/cgroup, joined by ';': each controller that is reported must have the path that stands there. */
    private String controlGroups(String expected) {
        Map<String, String> paths = new TreeMap<>();
        String unified = null;
        for (String line : expected.split(";")) {
            String[] cells = line.split(":", 3);
            if (cells.length < 3) {
                continue;
            }
            if (cells[0].equals("0")) {
                unified = cells[2];
            }
            for (String controller : cells[1].split(",")) {
                paths.put(controller.equals("blkio") ? "io" : controller, cells[2]);
            }
        }
        String found = new String(bytes, StandardCharsets.UTF_8);
        String[] entries = found.split("\0");
        if (bytes.length == 0 || entries.length < 3) {
            return shown();
        }
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            String path = equals < 0 ? null : paths.getOrDefault(entry.substring(0, equals), unified);
            // Inside a control group namespace /proc shows the path from the namespace's root on.
            if (path == null || !entry.substring(equals + 1).endsWith(path.equals("/") ? "" : path)) {
                return shown() + ", entry " + entry;
            }
        }
        return null;
    }

    private String shown() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
        return bytes.length + " bytes " + HexFormat.of().formatHex(bytes) + " '" + text + "'";
    }
}
