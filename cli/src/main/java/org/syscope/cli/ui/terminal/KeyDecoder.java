package org.syscope.cli.ui.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.syscope.cli.ui.terminal.Input.Key;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Input.Mouse;
import org.syscope.cli.ui.terminal.Input.MouseAction;
import org.syscope.cli.ui.terminal.Input.Paste;

/**
 * Makes keys and mouse events of a terminal's bytes. Knows the sequences of xterm, tmux and screen, the Linux console, rxvt
 * and all but one of PuTTY's keyboards (SCO's function keys begin like an old mouse report); they do not contradict each
 * other, so that TERM need not be asked. Sequences that mean nothing here are taken in without an effect, however long.
 *
 * <p>Sources: the control sequences of xterm (ctlseqs), console_codes(4), PuTTY's manual, chapter 4.4.
 */
public final class KeyDecoder {

    private static final int ESC = 0x1b;
    private static final int MAX_PARAMETERS = 32;
    private static final int MAX_PASTE = 1 << 16;
    private static final long DOUBLE_CLICK_NANOS = 400_000_000;

    private enum State {
        GROUND, ESCAPE, CSI, SS3, LINUX, OLD_MOUSE, UTF8, PASTE, STRING, STRING_ESCAPE
    }

    private final Consumer<Input> keys;
    private final LongSupplier clock;
    private final StringBuilder parameters = new StringBuilder();
    private final byte[] pending = new byte[4];
    private final StringBuilder pasted = new StringBuilder();
    private State state = State.GROUND;
    private int pendingSize;
    private int pendingWanted;
    private boolean alt;
    private byte[] paste = new byte[256];
    private int pasteSize;
    private long clickTime = Long.MIN_VALUE;
    private int clickRow = -1;
    private int clickColumn = -1;

    /**
     * A decoder.
     *
     * @param keys gets what was decoded, at once
     * @param clock ns, for double clicks
     */
    public KeyDecoder(Consumer<Input> keys, LongSupplier clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Takes bytes in. */
    public void feed(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            take(bytes[i] & 0xff);
        }
    }

    /** Whether the bytes so far may be a key of their own or the begin of another one. */
    boolean isUndecided() {
        return state == State.ESCAPE || state == State.CSI && parameters.isEmpty() || state == State.SS3;
    }

    /** No byte came for a while: an Escape that nothing followed is the key of that name. */
    public void idle() {
        switch (state) {
            case ESCAPE -> key(Key.ESCAPE);
            // Alt and [ or O, which begin sequences
            case CSI -> {
                if (parameters.isEmpty()) {
                    alt = true;
                    character('[');
                }
            }
            case SS3 -> {
                alt = true;
                character('O');
            }
            case PASTE, STRING, STRING_ESCAPE -> {
                return;
            }
            default -> {
            }
        }
        state = State.GROUND;
        alt = false;
    }

    private void take(int b) {
        switch (state) {
            case GROUND -> ground(b);
            case ESCAPE -> escape(b);
            case CSI -> csi(b);
            case SS3 -> ss3(b);
            case LINUX -> {
                state = State.GROUND;
                if (b >= 'A' && b <= 'E') {
                    key(Key.function(1 + b - 'A'));
                }
            }
            case OLD_MOUSE -> {
                pending[pendingSize++] = (byte) b;
                if (pendingSize == 3) {
                    state = State.GROUND;
                    int code = (pending[0] & 0xff) - 32;
                    mouse(code, (pending[1] & 0xff) - 33, (pending[2] & 0xff) - 33, (code & 3) == 3 && code < 64);
                }
            }
            case UTF8 -> utf8(b);
            case PASTE -> paste(b);
            case STRING -> {
                if (b == ESC) {
                    state = State.STRING_ESCAPE;
                } else if (b == 7) {
                    state = State.GROUND;
                }
            }
            case STRING_ESCAPE -> state = b == '\\' ? State.GROUND : State.STRING;
        }
    }

    private void ground(int b) {
        if (b == ESC) {
            state = State.ESCAPE;
        } else if (b == '\r' || b == '\n') {
            key(Key.ENTER);
        } else if (b == '\t') {
            key(Key.TAB);
        } else if (b == 0x7f || b == 8) {
            key(Key.BACKSPACE);
        } else if (b < ' ') {
            control(b);
        } else if (b < 0x80) {
            character(b);
        } else {
            pendingWanted = b >= 0xf0 && b < 0xf5 ? 4 : b >= 0xe0 && b < 0xf0 ? 3 : b >= 0xc2 && b < 0xe0 ? 2 : 0;
            if (pendingWanted > 0) {
                pending[0] = (byte) b;
                pendingSize = 1;
                state = State.UTF8;
            }
        }
    }

    private void control(int b) {
        int letter = b == 0 ? ' ' : b < 27 ? 'a' + b - 1 : '@' + b;
        emit(new KeyPress(Key.CHARACTER, letter, false, false, true));
    }

    private void utf8(int b) {
        if ((b & 0xc0) != 0x80) {
            state = State.GROUND;
            ground(b);
            return;
        }
        pending[pendingSize++] = (byte) b;
        if (pendingSize == pendingWanted) {
            state = State.GROUND;
            String text = new String(pending, 0, pendingSize, StandardCharsets.UTF_8);
            if (text.codePointCount(0, text.length()) == 1 && text.charAt(0) != '\ufffd') {
                character(text.codePointAt(0));
            }
        }
    }

    private void escape(int b) {
        switch (b) {
            case ESC -> {
                // Escape twice, or Alt with a key that sends a sequence: the second one decides
                if (alt) {
                    key(Key.ESCAPE);
                }
                alt = true;
            }
            case '[' -> {
                parameters.setLength(0);
                state = State.CSI;
            }
            case 'O' -> state = State.SS3;
            case ']', 'P', '_', '^' -> {
                if (alt) {
                    state = State.GROUND;
                    character(b);
                } else {
                    state = State.STRING;
                }
            }
            default -> {
                state = State.GROUND;
                alt = true;
                ground(b);
            }
        }
    }

    private void ss3(int b) {
        if (b >= '0' && b <= '9' && parameters.length() < MAX_PARAMETERS) {
            // modifiers of old xterms: ESC O 5 A
            parameters.append((char) b);
            return;
        }
        int modifiers = parameters.isEmpty() ? 1 : number(parameters.toString(), 1);
        parameters.setLength(0);
        state = State.GROUND;
        if (b == ESC) {
            take(b);
        } else {
            key(ss3Key(b), modifiers);
        }
    }

    private static Key ss3Key(int b) {
        return switch (b) {
            // F1 to F4 of all, F5 to F12 of VT100+
            case 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', '[' -> Key.function(1 + b - 'P');
            case 'M' -> Key.ENTER;
            default -> letterKey(b);
        };
    }

    private static Key letterKey(int b) {
        return switch (b) {
            case 'A' -> Key.UP;
            case 'B' -> Key.DOWN;
            case 'C' -> Key.RIGHT;
            case 'D' -> Key.LEFT;
            case 'F' -> Key.END;
            case 'H' -> Key.HOME;
            default -> null;
        };
    }

    private void csi(int b) {
        if (b == '[' && parameters.isEmpty()) {
            state = State.LINUX;
        } else if (b == 'M' && parameters.isEmpty()) {
            pendingSize = 0;
            state = State.OLD_MOUSE;
        } else if (b == ESC) {
            state = State.ESCAPE;
        } else if (b >= 0x20 && b < 0x40 && !(b == '$' && !parameters.isEmpty())) {
            if (parameters.length() < MAX_PARAMETERS) {
                parameters.append((char) b);
            }
        } else {
            state = State.GROUND;
            if (b >= 0x24 && b < 0x7f) {
                finish(b, parameters.toString());
            }
        }
    }

    private void finish(int b, String text) {
        if (text.startsWith("<") && (b == 'M' || b == 'm')) {
            String[] parts = text.substring(1).split(";", -1);
            if (parts.length == 3) {
                mouse(number(parts[0], 0), number(parts[1], 1) - 1, number(parts[2], 1) - 1, b == 'm');
            }
            return;
        }
        String[] parts = text.split(";", -1);
        int first = number(parts[0], 1);
        int modifiers = parts.length > 1 ? number(parts[1], 1) : 1;
        switch (b) {
            case '~' -> {
                if (first == 200) {
                    pasteSize = 0;
                    state = State.PASTE;
                } else {
                    tilde(first, modifiers);
                }
            }
            // rxvt: Shift is $, Control ^, both @
            case '$' -> key(tildeKey(first), 2);
            case '^' -> key(tildeKey(first), 5);
            case '@' -> key(tildeKey(first), 6);
            case 'Z' -> key(Key.BACK_TAB);
            // with another number than 1 an R is the answer to where the cursor is
            case 'P', 'Q', 'R', 'S' -> key(first == 1 ? Key.function(1 + b - 'P') : null, modifiers);
            case 'a', 'b', 'c', 'd' -> key(text.isEmpty() ? letterKey(b - 'a' + 'A') : null, 2);
            default -> key(first == 1 ? letterKey(b) : null, modifiers);
        }
    }

    private void tilde(int number, int modifiers) {
        // the Linux console and PuTTY have no Shift with function keys, but numbers of their own for Shift+F1 to Shift+F8
        if (number >= 25 && number <= 34) {
            int shifted = number <= 26 ? number - 24 : number <= 29 ? number - 25 : number - 26;
            if (number != 27 && number != 30) {
                key(Key.function(shifted), 2);
            }
            return;
        }
        key(tildeKey(number), modifiers);
    }

    private static Key tildeKey(int number) {
        return switch (number) {
            case 1, 7 -> Key.HOME;
            case 2 -> Key.INSERT;
            case 3 -> Key.DELETE;
            case 4, 8 -> Key.END;
            case 5 -> Key.PAGE_UP;
            case 6 -> Key.PAGE_DOWN;
            case 11, 12, 13, 14, 15 -> Key.function(number - 10);
            case 17, 18, 19, 20, 21 -> Key.function(number - 11);
            case 23, 24 -> Key.function(number - 12);
            default -> null;
        };
    }

    private static int number(String text, int absent) {
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return absent;
            }
            value = Math.min(value * 10 + digit, 1_000_000);
        }
        return text.isEmpty() ? absent : value;
    }

    private void mouse(int code, int column, int row, boolean released) {
        if (column < 0 || row < 0) {
            return;
        }
        if ((code & 64) != 0) {
            int wheel = code & 3;
            if (wheel < 2) {
                keys.accept(new Mouse(wheel == 0 ? MouseAction.WHEEL_UP : MouseAction.WHEEL_DOWN, 0, row, column));
            }
            return;
        }
        int button = code & 3;
        if (released) {
            keys.accept(new Mouse(MouseAction.RELEASE, button == 3 ? 0 : button, row, column));
        } else if ((code & 32) != 0) {
            if (button != 3) {
                clickRow = -1;
                keys.accept(new Mouse(MouseAction.DRAG, button, row, column));
            }
        } else {
            press(button, row, column);
        }
    }

    private void press(int button, int row, int column) {
        long now = clock.getAsLong();
        boolean again = button == 0 && row == clickRow && Math.abs(column - clickColumn) <= 1
                && now - clickTime < DOUBLE_CLICK_NANOS;
        clickRow = again || button != 0 ? -1 : row;
        clickColumn = column;
        clickTime = now;
        keys.accept(new Mouse(again ? MouseAction.DOUBLE : MouseAction.PRESS, button, row, column));
    }

    private static final byte[] PASTE_END = "\033[201~".getBytes(StandardCharsets.US_ASCII);

    private void paste(int b) {
        if (pasteSize == paste.length) {
            paste = Arrays.copyOf(paste, paste.length * 2);
        }
        paste[pasteSize++] = (byte) b;
        if (b == '~' && endsPaste()) {
            state = State.GROUND;
            pasted.setLength(0);
            new String(paste, 0, pasteSize - PASTE_END.length, StandardCharsets.UTF_8).codePoints()
                    .forEach(c -> pasted.appendCodePoint(c < ' ' || c == 0x7f ? ' ' : c));
            keys.accept(new Paste(pasted.toString()));
        } else if (pasteSize > MAX_PASTE) {
            // keep the end: the closing sequence may have begun
            System.arraycopy(paste, pasteSize - PASTE_END.length, paste, 0, PASTE_END.length);
            pasteSize = PASTE_END.length;
        }
    }

    private boolean endsPaste() {
        return pasteSize >= PASTE_END.length && Arrays.equals(paste, pasteSize - PASTE_END.length, pasteSize,
                PASTE_END, 0, PASTE_END.length);
    }

    private void character(int codePoint) {
        emit(KeyPress.of(codePoint));
    }

    private void key(Key key) {
        emit(KeyPress.of(key));
    }

    /** A key with xterm's modifiers: 1 and a bit for each of Shift 1, Alt 2, Control 4. */
    private void key(Key key, int modifiers) {
        if (key == null) {
            alt = false;
            return;
        }
        int bits = modifiers - 1;
        emit(new KeyPress(key, 0, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0));
    }

    private void emit(KeyPress press) {
        boolean withAlt = alt;
        alt = false;
        keys.accept(withAlt ? press.withAlt() : press);
    }
}
