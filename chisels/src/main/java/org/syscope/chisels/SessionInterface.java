package org.syscope.chisels;

import java.io.IOException;
import java.math.BigInteger;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.syscope.capture.state.MachineInfo;
import org.syscope.chisels.lua.NativeFunction;

/** The table {@code sysdig} that a script sees: the run as a whole. */
final class SessionInterface {
    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000L);

    private final CaptureSession session;
    private final ThreadTables threads;
    private DatagramSocket socket;
    private InetAddress peer;
    private int peerPort;

    SessionInterface(CaptureSession session) {
        this.session = session;
        this.threads = new ThreadTables(session);
    }

    LuaTable table() {
        LuaTable table = new LuaTable();
        asks(table);
        changes(table);
        times(table);
        NativeFunction.define(table, "udp_setpeername", this::setPeer);
        NativeFunction.define(table, "udp_send", this::send);
        return table;
    }

    private void asks(LuaTable table) {
        NativeFunction.define(table, "is_live", arguments -> LuaValue.valueOf(session.isLive()));
        NativeFunction.define(table, "islive", arguments -> LuaValue.valueOf(session.isLive()));
        NativeFunction.define(table, "is_tty", arguments -> LuaValue.valueOf(session.isTerminal()));
        NativeFunction.define(table, "get_terminal_info", arguments -> {
            LuaTable size = new LuaTable();
            size.set("width", session.terminalWidth());
            size.set("height", session.terminalHeight());
            return size;
        });
        NativeFunction.define(table, "get_filter", arguments -> LuaValue.valueOf(session.captureFilter()));
        NativeFunction.define(table, "get_machine_info", arguments -> machine());
        NativeFunction.define(table, "get_thread_table", arguments -> threads.table(arguments, true, true));
        NativeFunction.define(table, "get_thread_table_nofds", arguments -> threads.table(arguments, true, false));
        NativeFunction.define(table, "get_thread_table_barebone", arguments -> threads.table(arguments, false, true));
        NativeFunction.define(table, "get_thread_table_barebone_nofds", arguments -> threads.table(arguments, false, false));
        NativeFunction.define(table, "get_container_table", arguments -> containers());
        NativeFunction.define(table, "is_print_container_data", arguments -> LuaValue.valueOf(session.showsContainers()));
        NativeFunction.define(table, "get_output_format",
                arguments -> LuaValue.valueOf(session.printsJson() ? "json" : "normal"));
        NativeFunction.define(table, "get_evtsource_name", arguments -> LuaValue.valueOf(session.sourceName()));
        NativeFunction.define(table, "get_read_progress",
                arguments -> LuaValue.valueOf(session.readProgress().orElse(-1)));
    }

    private void changes(LuaTable table) {
        NativeFunction.define(table, "set_filter", arguments -> {
            try {
                session.setCaptureFilter(arguments.checkjstring(1));
                return LuaValue.TRUE;
            } catch (ChiselException e) {
                throw new LuaError(e.getMessage());
            }
        });
        NativeFunction.define(table, "set_snaplen", arguments -> {
            session.setSnaplen((int) arguments.checkdouble(1));
            return LuaValue.TRUE;
        });
        NativeFunction.define(table, "set_output_format", arguments -> {
            String format = arguments.checkjstring(1);
            if (!List.of("normal", "json", "simple", "hex", "hexascii", "ascii", "base64", "jsonbase64").contains(format)) {
                throw new LuaError("unknown output format " + format);
            }
            session.setOutputFormat(format);
            return LuaValue.TRUE;
        });
        NativeFunction.define(table, "set_fatfile_dump_mode", arguments -> {
            session.setFatfile(arguments.arg1().toboolean());
            return LuaValue.TRUE;
        });
        NativeFunction.define(table, "run_app", arguments -> {
            StringBuilder words = new StringBuilder();
            for (int i = 1; i <= arguments.narg(); i++) {
                words.append(i > 1 ? " " : "").append(arguments.checkjstring(i));
            }
            session.requestRun(words.toString());
            return LuaValue.TRUE;
        });
        NativeFunction.define(table, "end_capture", arguments -> {
            session.endCapture();
            return LuaValue.TRUE;
        });
        NativeFunction.define(table, "log", arguments -> {
            session.log(arguments.optjstring(2, "info"), arguments.checkjstring(1));
            return LuaValue.TRUE;
        });
        NativeFunction.define(table, "push_metric", arguments -> LuaValue.TRUE);
    }

    private void times(LuaTable table) {
        NativeFunction.define(table, "get_firstevent_ts",
                arguments -> LuaValue.valueOf(Long.toUnsignedString(session.firstTimestamp())));
        NativeFunction.define(table, "get_lastevent_ts",
                arguments -> LuaValue.valueOf(Long.toUnsignedString(session.lastTimestamp())));
        NativeFunction.define(table, "make_ts", arguments -> text(whole(arguments, 1).multiply(SECOND).add(whole(arguments, 2))));
        NativeFunction.define(table, "add_ts", arguments -> text(whole(arguments, 1).add(whole(arguments, 2))));
        NativeFunction.define(table, "subtract_ts", arguments -> text(whole(arguments, 1).subtract(whole(arguments, 2))));
    }

    private static LuaValue text(BigInteger number) {
        return LuaValue.valueOf(number.toString());
    }

    /** A time as a decimal text of ns, which a double could not hold, or as a number. */
    private static BigInteger whole(Varargs arguments, int index) {
        try {
            return arguments.arg(index).type() == LuaValue.TNUMBER
                    ? BigInteger.valueOf((long) arguments.todouble(index)) : new BigInteger(arguments.checkjstring(index));
        } catch (NumberFormatException e) {
            throw new LuaError("bad argument #" + index + ": '" + arguments.arg(index).tojstring() + "' is not a time in ns");
        }
    }

    private LuaTable machine() {
        MachineInfo machine = session.state().machine();
        LuaTable table = new LuaTable();
        table.set("num_cpus", machine.cpus());
        table.set("memory_size_bytes", LuaValue.valueOf((double) machine.memory()));
        table.set("max_pid", LuaValue.valueOf((double) machine.maxPid()));
        table.set("hostname", machine.hostname().toString());
        return table;
    }

    private LuaTable containers() {
        LuaTable list = new LuaTable();
        int count = 0;
        for (CaptureSession.Container container : session.containers()) {
            LuaTable entry = new LuaTable();
            entry.set("id", container.id());
            entry.set("name", container.name());
            entry.set("image", container.image());
            entry.set("type", container.type());
            list.set(++count, entry);
        }
        return list;
    }

    private Varargs setPeer(Varargs arguments) {
        try {
            peer = InetAddress.getByName(arguments.checkjstring(1));
            peerPort = (int) arguments.checkdouble(2);
            if (peerPort < 1 || peerPort > 0xffff) {
                throw new LuaError("bad argument #2 to 'udp_setpeername': " + peerPort + " is not a port");
            }
            if (socket == null) {
                socket = new DatagramSocket();
            }
            return LuaValue.TRUE;
        } catch (IOException e) {
            throw new LuaError("udp_setpeername: " + e.getMessage());
        }
    }

    private Varargs send(Varargs arguments) {
        if (peer == null) {
            throw new LuaError("udp_send: no peer, call udp_setpeername first");
        }
        LuaString text = arguments.checkstring(1);
        try {
            socket.send(new DatagramPacket(text.m_bytes, text.m_offset, text.m_length, peer, peerPort));
            return LuaValue.TRUE;
        } catch (IOException e) {
            throw new LuaError("udp_send: " + e.getMessage());
        }
    }
}
