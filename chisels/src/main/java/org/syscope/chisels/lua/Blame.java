package org.syscope.chisels.lua;

import org.luaj.vm2.LocVars;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/** Turns "attempt to index nil" into a message that says which variable was nil. */
final class Blame {
    private static final int CONSTANT = 0x100;

    private final Prototype prototype;
    private final int pc;

    private Blame(Prototype prototype, int pc) {
        this.prototype = prototype;
        this.pc = pc;
    }

    /**
     * The message of an error.
     *
     * @param prototype the function it happened in
     * @param pc the instruction, from 0
     * @param stack its registers
     * @param error what LuaJ says
     */
    static String message(Prototype prototype, int pc, LuaValue[] stack, LuaError error) {
        String message = error.getMessage();
        if (message == null || pc < 0 || !message.startsWith("attempt to ") && !message.startsWith("index expected")) {
            return String.valueOf(message);
        }
        int i = prototype.code[pc];
        int a = i >> 6 & 0xff;
        int b = i >>> 23;
        int c = i >> 14 & 0x1ff;
        Blame blame = new Blame(prototype, pc);
        switch (i & 0x3f) {
            case Lua.OP_GETTABUP, Lua.OP_SETTABUP -> {
                return "attempt to index upvalue '" + upvalue(prototype, (i & 0x3f) == Lua.OP_GETTABUP ? b : a) + "'";
            }
            case Lua.OP_GETTABLE, Lua.OP_SELF -> {
                return blame.sentence("index", b, stack);
            }
            case Lua.OP_SETTABLE -> {
                return blame.sentence("index", a, stack);
            }
            case Lua.OP_CALL, Lua.OP_TAILCALL -> {
                return stack[a].isfunction() ? message : blame.sentence("call", a, stack);
            }
            case Lua.OP_ADD, Lua.OP_SUB, Lua.OP_MUL, Lua.OP_DIV, Lua.OP_MOD, Lua.OP_POW -> {
                LuaValue left = b < CONSTANT ? stack[b] : prototype.k[b & 0xff];
                return blame.sentence("perform arithmetic on", left.isnumber() ? c : b, stack);
            }
            case Lua.OP_UNM -> {
                return blame.sentence("perform arithmetic on", b, stack);
            }
            case Lua.OP_LEN -> {
                return blame.sentence("get length of", b, stack);
            }
            case Lua.OP_CONCAT -> {
                for (int register = b; register <= c; register++) {
                    if (!stack[register].isstring()) {
                        return blame.sentence("concatenate", register, stack);
                    }
                }
                return message;
            }
            default -> {
                return message;
            }
        }
    }

    private String sentence(String what, int register, LuaValue[] stack) {
        if (register >= CONSTANT) {
            return "attempt to " + what + " a " + prototype.k[register & 0xff].typename() + " value";
        }
        String name = name(register);
        String type = stack[register].typename();
        return "attempt to " + what + (name == null ? " a " + type + " value" : " " + name + " (a " + type + " value)");
    }

    private String name(int register) {
        String local = local(register);
        if (local != null) {
            return "local '" + local + "'";
        }
        for (int at = pc - 1; at >= 0; at--) {
            int i = prototype.code[at];
            int op = i & 0x3f;
            if ((i >> 6 & 0xff) != register || op == Lua.OP_JMP || op == Lua.OP_EQ || op == Lua.OP_LT || op == Lua.OP_LE
                    || op == Lua.OP_SETTABLE || op == Lua.OP_SETTABUP || op == Lua.OP_SETUPVAL || op == Lua.OP_TEST) {
                continue;
            }
            int b = i >>> 23;
            return switch (op) {
                case Lua.OP_MOVE -> b < register ? new Blame(prototype, at).name(b) : null;
                case Lua.OP_GETTABUP -> key(i >> 14 & 0x1ff, upvalue(prototype, b).equals("_ENV") ? "global" : "field");
                case Lua.OP_GETTABLE -> key(i >> 14 & 0x1ff, "field");
                case Lua.OP_SELF -> key(i >> 14 & 0x1ff, "method");
                case Lua.OP_GETUPVAL -> "upvalue '" + upvalue(prototype, b) + "'";
                default -> null;
            };
        }
        return null;
    }

    private String key(int operand, String kind) {
        if (operand < CONSTANT || !(prototype.k[operand & 0xff] instanceof LuaString name)) {
            return kind.equals("field") ? "field '?'" : null;
        }
        return kind + " '" + name.tojstring() + "'";
    }

    private static String upvalue(Prototype prototype, int index) {
        LuaString name = prototype.upvalues[index].name;
        return name == null ? "?" : name.tojstring();
    }

    private String local(int register) {
        int left = register;
        for (LocVars variable : prototype.locvars) {
            if (variable.startpc > pc) {
                break;
            }
            if (pc < variable.endpc && left-- == 0) {
                String name = variable.varname.tojstring();
                return name.startsWith("(") ? null : name;
            }
        }
        return null;
    }
}
