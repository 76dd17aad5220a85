package org.syscope.chisels.lua;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** A file, pipe or standard stream that a script has open. */
final class ScriptFile {
    private final String name;
    private final InputStream in;
    private final OutputStream out;
    private final FileChannel channel;
    private final Process process;
    private final byte[] ahead = new byte[8192];
    private int from;
    private int to;
    private boolean closed;

    private ScriptFile(String name, InputStream in, OutputStream out, FileChannel channel, Process process) {
        this.name = name;
        this.in = in;
        this.out = out;
        this.channel = channel;
        this.process = process;
    }

    /** A standard stream: one of the two is null. It is not closed by scripts. */
    static ScriptFile of(String name, InputStream in, OutputStream out) {
        return new ScriptFile(name, in, out, null, null);
    }

    /** The output or input of a command. */
    static ScriptFile of(Process process, boolean writes) {
        return new ScriptFile("pipe", writes ? null : process.getInputStream(), writes ? process.getOutputStream() : null,
                null, process);
    }

    /** A file in one of C's modes, such as {@code r}, {@code wb} or {@code a+}. */
    static ScriptFile open(Path path, String mode) throws IOException {
        boolean update = mode.contains("+");
        Set<StandardOpenOption> options = new HashSet<>();
        switch (mode.isEmpty() ? ' ' : mode.charAt(0)) {
            case 'r' -> options.add(StandardOpenOption.READ);
            case 'w' -> options.addAll(Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING));
            case 'a' -> options.addAll(Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE));
            default -> throw new LuaError("bad argument #2 to 'open' (invalid mode)");
        }
        if (update) {
            options.add(StandardOpenOption.READ);
            options.add(StandardOpenOption.WRITE);
        }
        FileChannel channel = FileChannel.open(path, options);
        if (mode.charAt(0) == 'a') {
            channel.position(channel.size());
        }
        InputStream in = options.contains(StandardOpenOption.READ) ? Channels.newInputStream(channel) : null;
        OutputStream out = options.contains(StandardOpenOption.WRITE)
                ? new BufferedOutputStream(Channels.newOutputStream(channel)) : null;
        return new ScriptFile(path.toString(), in, out, channel, null);
    }

    boolean isClosed() {
        return closed;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        if (out == null || closed) {
            throw new IOException("Bad file descriptor");
        }
        if (from < to && channel != null) {
            channel.position(channel.position() - (to - from));
        }
        from = 0;
        to = 0;
        out.write(bytes, offset, length);
    }

    void flush() throws IOException {
        if (out != null) {
            out.flush();
        }
    }

    void close() throws IOException {
        flush();
        if (channel != null) {
            closed = true;
            channel.close();
        } else if (process != null) {
            closed = true;
            if (out != null) {
                out.close();
            }
            if (in != null) {
                in.close();
            }
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                throw new ScriptAbort("interrupted");
            }
        }
    }

    long seek(String whence, long offset) throws IOException {
        if (channel == null) {
            throw new IOException("Illegal seek");
        }
        flush();
        long base = switch (whence) {
            case "set" -> 0;
            case "cur" -> channel.position() - (to - from);
            case "end" -> channel.size();
            default -> throw new LuaError("bad argument #1 to 'seek' (invalid option '" + whence + "')");
        };
        from = 0;
        to = 0;
        channel.position(base + offset);
        return base + offset;
    }

    private int peek() throws IOException {
        if (from == to) {
            if (in == null) {
                throw new IOException("Bad file descriptor");
            }
            if (channel != null) {
                flush();
            }
            from = 0;
            to = Math.max(in.read(ahead, 0, ahead.length), 0);
            if (to == 0) {
                return -1;
            }
        }
        return ahead[from] & 0xff;
    }

    /** A line, or nil at the end. */
    LuaValue line(boolean keepEnd) throws IOException {
        if (peek() < 0) {
            return LuaValue.NIL;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = peek(); c >= 0; c = peek()) {
            from++;
            if (c == '\n') {
                if (keepEnd) {
                    line.write(c);
                }
                break;
            }
            line.write(c);
        }
        return text(line);
    }

    /** Everything that is left; empty at the end. */
    LuaValue rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (peek() >= 0) {
            all.write(ahead, from, to - from);
            from = to;
        }
        return text(all);
    }

    /** Up to so many bytes, or nil at the end. */
    LuaValue bytes(int count) throws IOException {
        if (peek() < 0) {
            return LuaValue.NIL;
        }
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        while (piece.size() < count && peek() >= 0) {
            int size = Math.min(count - piece.size(), to - from);
            piece.write(ahead, from, size);
            from += size;
        }
        return text(piece);
    }

    /** A number, or nil if there is none. */
    LuaValue number() throws IOException {
        while (peek() >= 0 && Character.isWhitespace(peek())) {
            from++;
        }
        StringBuilder digits = new StringBuilder();
        while (peek() >= 0 && "+-.0123456789abcdefABCDEFxXpP".indexOf(peek()) >= 0) {
            digits.append((char) peek());
            from++;
        }
        return LuaValue.valueOf(digits.toString()).tonumber();
    }

    private static LuaString text(ByteArrayOutputStream bytes) {
        byte[] array = bytes.toByteArray();
        return LuaString.valueUsing(array, 0, array.length);
    }

    @Override
    public String toString() {
        return closed ? "file (closed)" : "file (" + name + ")";
    }
}
