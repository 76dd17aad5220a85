package org.syscope.cli.ui.terminal;

/** What the user did. */
public sealed interface Input {

    /**
     * A key.
     *
     * @param key which
     * @param codePoint the character of {@link Key#CHARACTER}, with {@code control} the lower-case letter or sign; otherwise 0
     * @param shift whether Shift was held, where the terminal tells: for characters it does not
     * @param alt whether Alt was held or Escape pressed before
     * @param control whether Control was held
     */
    record KeyPress(Key key, int codePoint, boolean shift, boolean alt, boolean control) implements Input {

        /** A key without modifiers. */
        public static KeyPress of(Key key) {
            return new KeyPress(key, 0, false, false, false);
        }

        /** A character. */
        public static KeyPress of(int codePoint) {
            return new KeyPress(Key.CHARACTER, codePoint, false, false, false);
        }

        /** A letter or sign with Control held. */
        public static KeyPress control(int codePoint) {
            return new KeyPress(Key.CHARACTER, codePoint, false, false, true);
        }

        /** The same key with Alt. */
        KeyPress withAlt() {
            return new KeyPress(key, codePoint, shift, true, control);
        }

        /** Whether it is this character, typed without Control or Alt. */
        public boolean is(int character) {
            return key == Key.CHARACTER && codePoint == character && !alt && !control;
        }

        /** Whether it is this key, with whatever modifiers. */
        public boolean is(Key other) {
            return key == other;
        }

        /** Whether it is this letter with Control held. */
        public boolean isControl(int letter) {
            return key == Key.CHARACTER && control && codePoint == letter;
        }

        /** Whether it types a character into a field. */
        public boolean isText() {
            return key == Key.CHARACTER && !alt && !control;
        }
    }

    /** Keys that terminals tell apart. */
    enum Key {
        CHARACTER, ENTER, ESCAPE, BACKSPACE, TAB, BACK_TAB, UP, DOWN, LEFT, RIGHT, HOME, END, PAGE_UP, PAGE_DOWN, INSERT, DELETE,
        F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12;

        private static final Key[] FUNCTION = {F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12};

        /** The function key of a number, 1 to 12. */
        public static Key function(int number) {
            return FUNCTION[number - 1];
        }
    }

    /** What a mouse did. */
    enum MouseAction {
        PRESS, DOUBLE, DRAG, RELEASE, WHEEL_UP, WHEEL_DOWN
    }

    /**
     * The mouse.
     *
     * @param action what it did; {@code DOUBLE} is the second press of a double click
     * @param button 0 left, 1 middle, 2 right; 0 for the wheel
     * @param row from 0
     * @param column from 0
     */
    record Mouse(MouseAction action, int button, int row, int column) implements Input {
    }

    /**
     * Text that was pasted.
     *
     * @param text without control characters
     */
    record Paste(String text) implements Input {
    }
}
