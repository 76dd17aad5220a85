package org.syscope.cli.ui;

import java.util.ArrayList;
import java.util.List;
import org.syscope.cli.ui.terminal.Screen;

/** Paragraphs as lines. */
final class Wrapping {

    private Wrapping() {
    }

    /**
     * Breaks a paragraph at blanks, words that are too long anywhere; indented ones stay so, and what is set apart from its
     * name by several blanks stays below itself. An empty one is an empty line.
     */
    static List<String> wrap(String paragraph, int width) {
        int room = Math.max(8, width);
        String indent = paragraph.substring(0, paragraph.length() - paragraph.stripLeading().length());
        String hanging = hanging(paragraph, indent, room);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        boolean empty = true;
        for (String word : paragraph.strip().split(" ")) {
            if (!empty && Screen.width(line + " " + word) > room) {
                lines.add(line.toString());
                line = new StringBuilder(hanging);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
            while (Screen.width(line.toString()) > room) {
                int cut = line.length();
                while (Screen.width(line.substring(0, cut)) > room) {
                    cut = line.offsetByCodePoints(cut, -1);
                }
                lines.add(line.substring(0, cut));
                line.delete(0, cut);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static String hanging(String paragraph, String indent, int room) {
        int gap = indent.isEmpty() ? -1 : paragraph.indexOf("  ", indent.length());
        if (gap < 0) {
            return indent;
        }
        int end = gap;
        while (end < paragraph.length() && paragraph.charAt(end) == ' ') {
            end++;
        }
        return end > room / 2 ? indent : " ".repeat(end);
    }
}
