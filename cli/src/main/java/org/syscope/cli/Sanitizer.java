package org.syscope.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongPredicate;
import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.container.ContainerJson;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.EventOptions;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.MalformedEventException;
import org.syscope.capture.event.ParameterInfo;
import org.syscope.capture.event.ParameterType;
import org.syscope.capture.event.Text;
import org.syscope.capture.scap.CaptureSink;
import org.syscope.capture.state.StateSnapshot;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.TextList;
import org.syscope.capture.state.ThreadInfo;

/**
 * Takes out of a capture what should not be passed on ({@code --sanitize}): environments, secrets in command lines (see
 * {@link Secrets}), the bytes that were read and written, and what is kept of processes without an event that passes;
 * what only they tell, such as inherited working directories and fds, goes with them. Counts what it takes. Paths, names
 * of processes, users and hosts, addresses and the calls themselves stay.
 */
final class Sanitizer {

    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int LENGTH_AT = 16;
    private static final int CPU_WIDTH = 2;
    private static final String ENVIRONMENT = "env";

    private final Secrets secrets = new Secrets();
    private final TypeProperty touched = new TypeProperty(Sanitizer::mayHold);
    private long environments;
    private long buffers;
    private long bufferBytes;
    private long processes;
    private long foreignEvents;

    /** A line on what was taken out. */
    String line() {
        return "sanitized: " + Figures.count(environments, "environment") + ", "
                + Figures.count(secrets.found(), "secret") + " in command lines, " + Figures.count(buffers, "buffer") + " of "
                + Figures.count(bufferBytes, "byte") + ", " + Figures.count(processes, "thread") + " without events and "
                + Figures.count(foreignEvents, "event") + " of such taken out";
    }

    private static boolean mayHold(EventType type) {
        for (int i = 0; i < type.parameterCount(); i++) {
            ParameterInfo info = type.parameter(i);
            if (info.type() == ParameterType.BYTEBUF || info.type() == ParameterType.CHARBUFARRAY
                    || info.name().equals("json")) {
                return true;
            }
        }
        return false;
    }

    /** Counts a thread that does not get into a file's list. */
    void leftOut() {
        processes++;
    }

    /** A copy of the state without environments and without secrets in command lines. */
    SystemState clean(SystemState state) throws IOException {
        SystemState copy = new SystemState(null);
        StateSnapshot.restore(StateSnapshot.save(state), copy);
        for (long tid : copy.threads().tids()) {
            ThreadInfo thread = copy.threads().get(tid);
            if (!thread.env().isEmpty()) {
                environments++;
                thread.env(TextList.EMPTY);
            }
            thread.args = secrets.clean(thread.exe, thread.args);
        }
        ContainerJson json = new ContainerJson();
        List<ContainerInfo> containers = new ArrayList<>();
        copy.containers().forEach(containers::add);
        copy.containers().clear();
        for (ContainerInfo container : containers) {
            ContainerInfo clean = json.read(cleanJson(json.write(container)));
            if (clean != null) {
                copy.containers().put(clean);
            }
        }
        return copy;
    }

    /**
     * A sink in front of another one that gets only what may be passed on.
     *
     * @param own tells the threads by their ids of which events that are kept for the state's sake are written too
     */
    CaptureSink sink(CaptureSink sink, LongPredicate own) {
        return new CleanSink(sink, own);
    }

    private final class CleanSink implements CaptureSink {

        private final CaptureSink sink;
        private final LongPredicate own;
        private final Event clean = new Event();
        private final List<byte[]> values = new ArrayList<>();
        private Arena arena = Arena.ofConfined();
        private MemorySegment scratch = MemorySegment.NULL;

        CleanSink(CaptureSink sink, LongPredicate own) {
            this.sink = sink;
            this.own = own;
        }

        @Override
        public void write(Event event, int flags) throws IOException {
            if (((flags | event.blockFlags()) & Event.STATE_ONLY) != 0 && event.tid() != Event.NO_TID
                    && !own.test(event.tid())) {
                foreignEvents++;
            } else if (event.typeCode() < EventCodes.COUNT && touched.holds(event.typeCode())) {
                sink.write(cleaned(event), flags);
            } else {
                sink.write(event, flags);
            }
        }

        private Event cleaned(Event event) throws MalformedEventException {
            int known = event.type().parameterCount();
            values.clear();
            boolean changed = false;
            for (int i = 0; i < event.parameterCount(); i++) {
                byte[] value = event.parameterLength(i) == 0 || i >= known ? null : replacement(event, i);
                values.add(value);
                changed |= value != null;
            }
            return changed ? rebuilt(event) : event;
        }

        private Event rebuilt(Event event) throws MalformedEventException {
            int count = event.parameterCount();
            boolean wide = event.type().is(EventFlag.LARGE_PAYLOAD);
            int width = wide ? Integer.BYTES : Short.BYTES;
            long length = Event.HEADER_LENGTH + (long) width * count;
            for (int i = 0; i < count; i++) {
                length += values.get(i) == null ? event.parameterLength(i) : values.get(i).length;
            }
            long options = EventOptions.start(event);
            long optionsLength = Math.max(0, event.optionsOffset() + event.optionsLength() - options);
            long before = event.pcapngOptions() ? length + CPU_WIDTH : length;
            long padding = -before & 3;
            long total = length + padding + optionsLength;
            room(total);
            MemorySegment.copy(event.segment(), event.offset(), scratch, 0, Event.HEADER_LENGTH);
            scratch.set(I32, LENGTH_AT, (int) length);
            long at = Event.HEADER_LENGTH + (long) width * count;
            for (int i = 0; i < count; i++) {
                byte[] value = values.get(i);
                int size = value == null ? event.parameterLength(i) : value.length;
                if (wide) {
                    scratch.set(I32, Event.HEADER_LENGTH + (long) width * i, size);
                } else {
                    scratch.set(I16, Event.HEADER_LENGTH + (long) width * i, (short) size);
                }
                if (value == null) {
                    MemorySegment.copy(event.segment(), event.parameterOffset(i), scratch, at, size);
                } else {
                    MemorySegment.copy(value, 0, scratch, ValueLayout.JAVA_BYTE, at, size);
                }
                at += size;
            }
            if (optionsLength > 0) {
                scratch.asSlice(at, padding).fill((byte) 0);
                MemorySegment.copy(event.segment(), options, scratch, at + padding, optionsLength);
            }
            clean.wrap(scratch, 0, optionsLength > 0 ? total : length, event.cpu(), event.blockFlags());
            clean.number(event.number());
            return clean;
        }

        private void room(long length) {
            if (scratch.byteSize() < length) {
                arena.close();
                arena = Arena.ofConfined();
                scratch = arena.allocate(2 * length);
            }
        }

        @Override
        public void flush() throws IOException {
            sink.flush();
        }

        @Override
        public long events() {
            return sink.events();
        }

        @Override
        public void close() throws IOException {
            sink.close();
            if (arena.scope().isAlive()) {
                arena.close();
            }
        }
    }

    /** What takes a parameter's place; null if it stays. */
    private byte[] replacement(Event event, int index) {
        ParameterInfo info = event.type().parameter(index);
        switch (info.name()) {
            case ENVIRONMENT -> {
                environments++;
                return new byte[0];
            }
            case "args" -> {
                TextList list = TextList.of(event, index);
                int program = event.type().parameterIndex("exe");
                TextList clean = secrets.clean(program < 0 ? Text.EMPTY : event.text(program), list);
                return clean == list ? null : clean.blob().array();
            }
            case "cgroups" -> {
                return null;
            }
            case "json" -> {
                return cleanJson(event.bytes(index));
            }
            default -> {
                if (info.type() != ParameterType.BYTEBUF) {
                    return null;
                }
                if (event.typeCode() == EventCodes.PPME_ASYNCEVENT_E) {
                    return cleanJson(event.bytes(index));
                }
                buffers++;
                bufferBytes += event.parameterLength(index);
                return new byte[0];
            }
        }
    }

    /** A description of a container without its environment; nothing if it cannot be understood. */
    private byte[] cleanJson(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        try {
            JsonNode tree = new ObjectMapper().readTree(end < 0 ? text : text.substring(0, end));
            withoutEnvironment(tree);
            String clean = secrets.cleanWord(new String(tree.toString().getBytes(StandardCharsets.UTF_8),
                    StandardCharsets.ISO_8859_1));
            return (end < 0 ? clean : clean + '\0').getBytes(StandardCharsets.ISO_8859_1);
        } catch (JsonProcessingException e) {
            buffers++;
            bufferBytes += bytes.length;
            return new byte[0];
        }
    }

    private void withoutEnvironment(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Iterator<String> names = object.fieldNames();
            while (names.hasNext()) {
                String name = names.next();
                if (name.equalsIgnoreCase(ENVIRONMENT)) {
                    environments += object.get(name).isEmpty() ? 0 : 1;
                    names.remove();
                }
            }
        }
        for (JsonNode child : node) {
            withoutEnvironment(child);
        }
    }
}
