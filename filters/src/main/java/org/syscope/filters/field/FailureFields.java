package org.syscope.filters.field;

import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.ParameterInfo;
import org.syscope.capture.event.ParameterType;
import org.syscope.capture.event.Signature;
import org.syscope.capture.state.FdInfo;
import org.syscope.filters.text.ErrnoNames;
import org.syscope.filters.text.GenericCall;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.ParameterText;

/** What a failed call failed on: the path, address or fd that it named. */
final class FailureFields {

    private final ParameterText parameters;
    private final GenericCall generic = new GenericCall();
    private final OutputBuffer path = new OutputBuffer();

    /** Takes the result of an event. */
    @FunctionalInterface
    interface Result {
        /** Whether the event has one. */
        boolean get(EventContext context, FieldValue out);
    }

    FailureFields(ParameterText parameters) {
        this.parameters = parameters;
    }

    /**
     * {@code evt.failure}: errno, call and object in one text, so that rows of equal failures can be made; or
     * {@code evt.failure.path}: the object alone.
     */
    Field create(FieldInfo info, EventKinds kinds, Result result) {
        boolean alone = info.name().endsWith(".path");
        return new BoundField(info, null, (c, out) -> {
            if (!result.get(c, out) || out.number() >= 0) {
                return false;
            }
            String error = ErrnoNames.ofResult(out.number());
            long number = out.number();
            path.clear();
            object(c);
            out.startBytes();
            if (!alone) {
                if (error == null) {
                    out.appendDecimal(number);
                } else {
                    out.append(error);
                }
                out.append(' ');
                out.append(kinds.name(c.eventCode(), c.syscallCode()));
                out.append(' ');
            }
            out.append(path.array(), 0, path.length());
            return !alone || path.length() > 0;
        }).cost(200);
    }

    private void object(EventContext context) {
        Event event = context.event();
        EventType type = event.type();
        if (generic.read(event)) {
            text();
        }
        for (int i = 0; path.length() == 0 && i < Math.min(type.parameterCount(), event.parameterCount()); i++) {
            ParameterInfo info = type.parameter(i);
            boolean relative = info.type() == ParameterType.FSPATH || info.type() == ParameterType.FSRELPATH;
            if (relative && event.stringLength(i) > 0) {
                if (event.text(i).byteAt(0) == '/' || context.state().thread() == null) {
                    path.append(event.segment(), event.parameterOffset(i), event.stringLength(i));
                } else {
                    parameters.absolute(event, i, info.dirfdIndex(), path);
                }
            } else if (info.type() == ParameterType.SOCKADDR && event.parameterLength(i) > 0) {
                parameters.value(event, i, path);
            }
        }
        FdInfo fd = context.state().fd();
        if (path.length() == 0 && fd != null) {
            path.append(fd.name.array());
        }
    }

    private void text() {
        for (int i = 0; i < generic.count() && i < generic.signature().arguments().size(); i++) {
            if (generic.signature().arguments().get(i).kind() == Signature.Kind.STR && generic.findBytes(i)) {
                path.append(generic.segment(), generic.bytesOffset(), generic.textLength());
                return;
            }
        }
    }
}
