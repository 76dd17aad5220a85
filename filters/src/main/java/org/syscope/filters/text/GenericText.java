package org.syscope.filters.text;

import org.syscope.capture.event.Event;
import org.syscope.capture.event.FlagTable;
import org.syscope.capture.event.Signature;

/** Arguments of generic calls as text, in the form that those of other events have. */
final class GenericText {

    private final GenericCall call = new GenericCall();
    private final NameText names;
    private final TextOptions options;
    private final FlagTable operations = FlagTable.named("io_uring_operations");
    private final OutputBuffer scratch = new OutputBuffer();
    private Signature signature = Signature.NONE;

    GenericText(NameText names, TextOptions options) {
        this.names = names;
        this.options = options;
    }

    private boolean read(Event event) {
        if (!call.read(event)) {
            return false;
        }
        signature = call.signature();
        return true;
    }

    /** Adds the result and all arguments that were recorded, {@code name=value } each; nothing if none were. */
    void arguments(Event event, OutputBuffer out, boolean escape) {
        if (!read(event)) {
            return;
        }
        out.ascii("res=");
        out.decimal(call.result());
        String error = ErrnoNames.ofResult(call.result());
        if (error != null) {
            out.append('(');
            out.ascii(error);
            out.append(')');
        }
        out.append(' ');
        int count = Math.min(call.count(), signature.arguments().size());
        for (int i = 0; i < count; i++) {
            out.ascii(signature.arguments().get(i).name());
            out.append('=');
            int start = out.length();
            raw(i, out);
            int mark = out.length();
            out.append('(');
            resolved(i, out);
            if (out.length() == mark + 1) {
                out.truncate(mark);
            } else {
                out.append(')');
            }
            if (escape && signature.arguments().get(i).kind() != Signature.Kind.OUT) {
                TextEscape.tail(out, start, scratch);
            }
            out.append(' ');
        }
    }

    /** Adds one argument: what it stands for, else its value; false if it was not recorded. */
    boolean value(Event event, int index, OutputBuffer out) {
        if (index < 0 || !read(event) || index >= Math.min(call.count(), signature.arguments().size())) {
            return false;
        }
        int start = out.length();
        resolved(index, out);
        if (out.length() == start) {
            raw(index, out);
        }
        return true;
    }

    private void raw(int index, OutputBuffer out) {
        long value = call.value(index);
        switch (signature.arguments().get(index).kind()) {
            case INT, FD, PID, UID, GID -> out.decimal((int) value);
            case UINT, SIG -> out.unsigned(Integer.toUnsignedLong((int) value));
            case LONG, OFF -> out.decimal(value);
            case ULONG, SIZE -> out.unsigned(value);
            case OPCODE -> out.unsigned(value);
            case FLAGS, PTR -> out.hexUpper(value);
            case MODE -> out.octal(value & 0xFFFF_FFFFL);
            case STR -> {
                if (call.findBytes(index)) {
                    out.append(call.segment(), call.bytesOffset(), call.textLength());
                } else {
                    address(value, out);
                }
            }
            case OUT -> {
                if (call.findBytes(index)) {
                    BufferText.append(out, options.buffers(), call.segment(), call.bytesOffset(), call.bytesLength(),
                            options.maxLength());
                } else {
                    address(value, out);
                }
            }
        }
    }

    private static void address(long value, OutputBuffer out) {
        if (value == 0) {
            out.ascii("NULL");
        } else {
            out.hexUpper(value);
        }
    }

    private void resolved(int index, OutputBuffer out) {
        int value = (int) call.value(index);
        switch (signature.arguments().get(index).kind()) {
            case FD -> {
                if (call.isFd(index)) {
                    names.fd(out, value);
                }
            }
            case OPCODE -> FlagText.names(out, operations, value);
            case PID -> names.process(out, value);
            case UID -> names.user(out, value);
            case GID -> names.group(out, value);
            case SIG -> {
                String name = SignalNames.of(value);
                if (name != null) {
                    out.ascii(name);
                }
            }
            default -> {
            }
        }
    }
}
