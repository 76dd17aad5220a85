package org.syscope.filters.field;

import org.syscope.capture.event.Text;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.TextEscape;

/**
 * Fields of ancestors. With a number they are that ancestor's; without one a filter looks at all ancestors, and output
 * shows the process itself.
 */
final class AncestorFields {

    private final OutputBuffer scratch = new OutputBuffer();

    /** Adds the text of one process. */
    @FunctionalInterface
    private interface ProcessText {
        void append(ThreadInfo process, FieldValue out);
    }

    Field create(FieldInfo info, String argument) throws FieldException {
        return switch (info.name()) {
            case "proc.aexe" -> field(info, argument, (p, out) -> append(p.exe, out));
            case "proc.aexepath" -> field(info, argument, (p, out) -> append(p.exepath, out));
            case "proc.aname" -> field(info, argument, (p, out) -> append(p.comm, out));
            case "proc.acmdline" -> field(info, argument, (p, out) -> ProcessTexts.line(p.comm, p, out));
            case "proc.apid" -> id(info, argument);
            case "proc.aargs" -> arguments(info, argument);
            case "proc.aenv" -> environment(info, argument);
            default -> throw new IllegalArgumentException(info.name());
        };
    }

    private static void append(Text text, FieldValue out) {
        out.append(text.array(), 0, text.length());
    }

    private static int number(FieldInfo info, String argument) throws FieldException {
        int index = TableFamily.index(argument);
        if (argument != null && index < 0) {
            throw TableFamily.notANumber(info, argument);
        }
        return index;
    }

    private Field field(FieldInfo info, String argument, ProcessText text) throws FieldException {
        int steps = number(info, argument);
        return steps < 0 ? new AnyAncestor(info, text) : one(info, argument, steps, text);
    }

    private static Field one(FieldInfo info, String argument, int steps, ProcessText text) {
        return TableFamily.thread(info, argument, (t, c, out) -> {
            ThreadInfo process = Lineage.ancestor(c.state(), t, steps);
            if (process == null) {
                return false;
            }
            out.startBytes();
            text.append(process, out);
            return true;
        }).cost(30);
    }

    private static Field id(FieldInfo info, String argument) throws FieldException {
        int steps = number(info, argument);
        if (steps >= 0) {
            return TableFamily.thread(info, argument, (t, c, out) -> {
                ThreadInfo process = Lineage.ancestor(c.state(), t, steps);
                return process != null && TableFamily.number(out, process.pid);
            });
        }
        return new AnyAncestorId(info);
    }

    private static Field arguments(FieldInfo info, String argument) throws FieldException {
        int steps = number(info, argument);
        if (steps >= 0) {
            return one(info, argument, steps, (p, out) -> ProcessTexts.joined(p.args, out));
        }
        return TableFamily.thread(info, null, (t, c, out) -> {
            out.startBytes();
            ThreadInfo at = Lineage.process(t);
            for (int i = 0; at != null && !Lineage.isTooDeep(i); i++) {
                at = Lineage.parent(c.state(), at);
                if (at != null) {
                    if (out.length() > 0) {
                        out.append(' ');
                    }
                    ProcessTexts.joined(at.args, out);
                }
            }
            return out.length() > 0;
        }).cost(200);
    }

    private Field environment(FieldInfo info, String argument) throws FieldException {
        int steps = TableFamily.index(argument);
        if (argument == null) {
            return new AnyAncestor(info, (p, out) -> ProcessTexts.joined(p.env(), out));
        }
        if (steps >= 0) {
            return one(info, argument, steps, (p, out) -> ProcessTexts.joined(p.env(), out));
        }
        byte[] name = Text.of(argument).array();
        return TableFamily.thread(info, argument, (t, c, out) -> {
            ThreadInfo at = Lineage.process(t);
            for (int i = 0; at != null && !Lineage.isTooDeep(i); i++) {
                at = Lineage.parent(c.state(), at);
                if (at != null && ProcessTexts.variable(at.env(), name, out)) {
                    return true;
                }
            }
            out.startBytes();
            return true;
        }).cost(300);
    }

    /** A text of all ancestors for filters, of the process itself for output. */
    private final class AnyAncestor implements TextField {
        private final FieldInfo info;
        private final ProcessText text;
        private final FieldValue own = new FieldValue();

        AnyAncestor(FieldInfo info, ProcessText text) {
            this.info = info;
            this.text = text;
        }

        @Override
        public FieldInfo info() {
            return info;
        }

        @Override
        public String text() {
            return info.name();
        }

        @Override
        public Quantifier quantifier() {
            return Quantifier.ANY;
        }

        @Override
        public boolean extract(EventContext context, FieldValue out) {
            ThreadInfo thread = context.state().thread();
            ThreadInfo at = thread == null ? null : Lineage.process(thread);
            out.startSlices();
            SystemState state = context.state();
            for (int i = 0; at != null && !Lineage.isTooDeep(i); i++) {
                at = Lineage.parent(state, at);
                if (at != null) {
                    out.startElement();
                    text.append(at, out);
                    out.endElement();
                }
            }
            return out.count() > 0;
        }

        @Override
        public boolean write(EventContext context, OutputBuffer out, boolean escape) {
            ThreadInfo thread = context.state().thread();
            ThreadInfo process = thread == null ? null : Lineage.process(thread);
            if (process == null) {
                return false;
            }
            own.startBytes();
            text.append(process, own);
            int start = out.length();
            out.append(own.bytes(), own.offset(), own.length());
            if (escape) {
                TextEscape.tail(out, start, scratch);
            }
            return true;
        }
    }

    /** Process ids of all ancestors for filters, of the process itself for output. */
    private static final class AnyAncestorId implements TextField {
        private final FieldInfo info;

        AnyAncestorId(FieldInfo info) {
            this.info = info;
        }

        @Override
        public FieldInfo info() {
            return info;
        }

        @Override
        public String text() {
            return info.name();
        }

        @Override
        public Quantifier quantifier() {
            return Quantifier.ANY;
        }

        @Override
        public boolean extract(EventContext context, FieldValue out) {
            ThreadInfo thread = context.state().thread();
            ThreadInfo at = thread == null ? null : Lineage.process(thread);
            out.startNumbers();
            for (int i = 0; at != null && !Lineage.isTooDeep(i); i++) {
                at = Lineage.parent(context.state(), at);
                if (at != null) {
                    out.addNumber(at.pid);
                }
            }
            return out.count() > 0;
        }

        @Override
        public boolean write(EventContext context, OutputBuffer out, boolean escape) {
            ThreadInfo thread = context.state().thread();
            ThreadInfo process = thread == null ? null : Lineage.process(thread);
            if (process != null) {
                out.decimal(process.pid);
            }
            return process != null;
        }
    }
}
