package org.syscope.cli.ui;

import org.syscope.cli.ui.terminal.Input.Key;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Screen;

/** One line that the user types, with the keys of a shell: arrows, Home, End, Ctrl+A E U K W, Delete. */
final class TextField {

    private final StringBuilder text = new StringBuilder();
    private int cursor;

    TextField(String initial) {
        text.append(initial);
        cursor = text.length();
    }

    String text() {
        return text.toString();
    }

    void paste(String pasted) {
        text.insert(cursor, pasted);
        cursor += pasted.length();
    }

    /** Takes a key in; false if it means nothing here. */
    boolean key(KeyPress press) {
        if (press.isText()) {
            paste(Character.toString(press.codePoint()));
        } else if (press.is(Key.BACKSPACE)) {
            delete(before(cursor), cursor);
        } else if (press.is(Key.DELETE) || press.isControl('d')) {
            delete(cursor, after(cursor));
        } else if (press.is(Key.LEFT) || press.isControl('b')) {
            cursor = before(cursor);
        } else if (press.is(Key.RIGHT)) {
            cursor = after(cursor);
        } else if (press.is(Key.HOME) || press.isControl('a')) {
            cursor = 0;
        } else if (press.is(Key.END) || press.isControl('e')) {
            cursor = text.length();
        } else if (press.isControl('u')) {
            delete(0, cursor);
        } else if (press.isControl('k')) {
            delete(cursor, text.length());
        } else if (press.isControl('w')) {
            int word = cursor;
            while (word > 0 && text.charAt(word - 1) == ' ') {
                word--;
            }
            while (word > 0 && text.charAt(word - 1) != ' ') {
                word--;
            }
            delete(word, cursor);
        } else {
            return false;
        }
        return true;
    }

    private void delete(int from, int to) {
        text.delete(from, to);
        cursor = from;
    }

    private int before(int place) {
        return place == 0 ? 0 : text.offsetByCodePoints(place, -1);
    }

    private int after(int place) {
        return place == text.length() ? place : text.offsetByCodePoints(place, 1);
    }

    /** Draws it behind a label, with the cursor, scrolled so that the cursor is seen. */
    void draw(Screen screen, int row, String label, int labelStyle, int style) {
        screen.fill(row, 0, screen.columns(), style);
        int at = screen.put(row, 0, label, labelStyle);
        int room = Math.max(1, screen.columns() - at - 1);
        int from = 0;
        while (Screen.width(text.substring(from, cursor)) >= room) {
            from = after(from);
        }
        screen.put(row, at, text.substring(from), style, room);
        screen.cursor(row, at + Screen.width(text.substring(from, cursor)));
    }
}
