package org.syscope.chisels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The texts of {@code -cl} and {@code -i}: names in 16 columns, descriptions beside them, wrapped at 79 columns wherever
 * that falls, as users and completion scripts know them.
 */
public final class ChiselListing {
    private static final int WIDTH = 79;
    private static final int NAME_WIDTH = 16;

    private final StringBuilder text = new StringBuilder();

    private ChiselListing() {
    }

    /** All chisels that are not hidden, by category and name. */
    public static String all(List<ChiselInfo> chisels) {
        Map<String, List<ChiselInfo>> categories = new TreeMap<>();
        for (ChiselInfo chisel : chisels) {
            if (!chisel.hidden()) {
                categories.computeIfAbsent(chisel.category(), category -> new ArrayList<>()).add(chisel);
            }
        }
        ChiselListing listing = new ChiselListing();
        for (Map.Entry<String, List<ChiselInfo>> category : categories.entrySet()) {
            listing.heading(category.getKey());
            category.getValue().stream().sorted((a, b) -> a.name().compareTo(b.name())).forEach(listing::line);
        }
        return listing.text.toString();
    }

    /** One chisel with its description and arguments. */
    public static String describe(ChiselInfo chisel) {
        ChiselListing listing = new ChiselListing();
        listing.heading(chisel.category());
        listing.line(chisel);
        listing.text.append('\n');
        listing.wrap(chisel.description(), 0, 0);
        listing.text.append("Args:\n");
        for (ChiselArgument argument : chisel.arguments()) {
            String start = "[" + argument.type() + "] " + argument.name() + " - ";
            listing.wrap(start + argument.description(), NAME_WIDTH, NAME_WIDTH);
        }
        listing.text.append(chisel.arguments().isEmpty() ? "(None)\n" : "\n");
        return listing.text.toString();
    }

    private void heading(String category) {
        String title = "Category: " + category;
        text.append('\n').append(title).append('\n').repeat('-', title.length()).append('\n');
    }

    private void line(ChiselInfo chisel) {
        text.append(chisel.name());
        int column = chisel.name().length();
        if (column >= NAME_WIDTH) {
            text.append('\n');
            column = 0;
        }
        text.repeat(' ', NAME_WIDTH - column);
        wrap(chisel.shortDescription(), NAME_WIDTH, NAME_WIDTH);
    }

    private void wrap(String words, int column, int indent) {
        for (int i = 0; i < words.length(); i++) {
            if (column == WIDTH) {
                text.append('\n').repeat(' ', indent);
                column = indent;
            }
            text.append(words.charAt(i));
            column++;
        }
        text.append('\n');
    }
}
