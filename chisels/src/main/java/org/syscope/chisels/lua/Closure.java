package org.syscope.chisels.lua;

import java.util.Arrays;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Upvaldesc;
import org.luaj.vm2.Varargs;

/**
 * A Lua function, and the loop that runs its instructions.
 *
 * <p>Instructions are those of Lua 5.2 (lopcodes.h of its sources), 32 bits:
 *
 * <pre>
 *  31       23        14      6      0
 *  +---------+---------+------+------+
 *  |  B (9)  |  C (9)  |A (8) |op (6)|     B and C of 256 and more stand for constants
 *  +---------+---------+------+------+
 *  |      Bx or sBx (18)      |
 *  |           Ax (26)        |
 * </pre>
 *
 * <p>Backward jumps and calls are counted, so that a script can be interrupted; nothing else is.
 */
final class Closure extends LuaFunction {
    private static final int CONSTANT = 0x100;
    private static final int SIGNED_BIAS = (1 << 17) - 1;
    private static final int LIST_FLUSH = 50;
    private static final Cell[] NO_CELLS = new Cell[0];

    private final Prototype prototype;
    private final Cell[] cells;
    private final LuaEngine engine;

    Closure(LuaEngine engine, Prototype prototype, Cell[] cells) {
        this.engine = engine;
        this.prototype = prototype;
        this.cells = cells;
    }

    /** A main chunk with its table of globals. */
    static Closure main(LuaEngine engine, Prototype prototype, LuaValue environment) {
        Cell[] cells = new Cell[prototype.upvalues.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = Cell.of(i == 0 ? environment : NIL);
        }
        return new Closure(engine, prototype, cells);
    }

    /** The table its globals are in; null if it uses none. */
    LuaValue environment() {
        int i = environmentIndex();
        return i < 0 ? null : cells[i].get();
    }

    /** Gives this function, and those it makes from now on, another table of globals. */
    void environment(LuaValue table) {
        int i = environmentIndex();
        if (i >= 0) {
            cells[i] = Cell.of(table);
        }
    }

    private int environmentIndex() {
        for (int i = 0; i < cells.length; i++) {
            LuaString name = prototype.upvalues[i].name;
            if (name != null && name.tojstring().equals("_ENV")) {
                return i;
            }
        }
        return -1;
    }

    /** Where the function begins: script and line. */
    String definition() {
        return prototype.shortsource() + ":" + prototype.linedefined;
    }

    Prototype prototype() {
        return prototype;
    }

    @Override
    public LuaValue call() {
        return execute(registers(), NONE).arg1();
    }

    @Override
    public LuaValue call(LuaValue a) {
        LuaValue[] stack = registers();
        Varargs rest = NONE;
        if (prototype.numparams > 0) {
            stack[0] = a;
        } else if (prototype.is_vararg != 0) {
            rest = a;
        }
        return execute(stack, rest).arg1();
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b) {
        LuaValue[] stack = registers();
        if (prototype.is_vararg != 0) {
            return invoke(varargsOf(a, b)).arg1();
        }
        if (prototype.numparams > 0) {
            stack[0] = a;
            if (prototype.numparams > 1) {
                stack[1] = b;
            }
        }
        return execute(stack, NONE).arg1();
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
        return invoke(varargsOf(a, b, c)).arg1();
    }

    @Override
    public Varargs invoke(Varargs arguments) {
        LuaValue[] stack = registers();
        int parameters = prototype.numparams;
        for (int i = 0; i < parameters; i++) {
            stack[i] = arguments.arg(i + 1);
        }
        return execute(stack, prototype.is_vararg != 0 ? arguments.subargs(parameters + 1) : NONE);
    }

    private LuaValue[] registers() {
        LuaValue[] stack = new LuaValue[prototype.maxstacksize];
        Arrays.fill(stack, NIL);
        return stack;
    }

    private Varargs execute(LuaValue[] stack, Varargs varargs) {
        Cell[] open = prototype.p.length == 0 ? NO_CELLS : new Cell[stack.length];
        Frame frame = new Frame();
        try {
            return run(stack, varargs, open, frame);
        } catch (ScriptError e) {
            throw e.outwards(position(frame.pc));
        } catch (LuaError e) {
            throw new ScriptError(LuaString.valueOf(position(frame.pc) + Blame.message(prototype, frame.pc - 1, stack, e)));
        } catch (StackOverflowError e) {
            throw new ScriptError(LuaString.valueOf(position(frame.pc) + "stack overflow"));
        } catch (ArrayIndexOutOfBoundsException | NegativeArraySizeException | NullPointerException | ClassCastException e) {
            throw new ScriptError(LuaString.valueOf(position(frame.pc) + "the interpreter failed: " + e));
        } finally {
            close(open, 0);
        }
    }

    /** Where a function is. */
    private static final class Frame {
        private int pc;
    }

    private String position(int pc) {
        int[] lines = prototype.lineinfo;
        String line = lines != null && pc > 0 && pc <= lines.length ? Integer.toString(lines[pc - 1]) : "?";
        return prototype.shortsource() + ":" + line + ": ";
    }

    private static void close(Cell[] open, int from) {
        for (int i = open.length - 1; i >= from; i--) {
            if (open[i] != null) {
                open[i].close();
                open[i] = null;
            }
        }
    }

    private Varargs run(LuaValue[] stack, Varargs varargs, Cell[] open, Frame frame) {
        int[] code = prototype.code;
        LuaValue[] constants = prototype.k;
        int pc = 0;
        int top = 0;
        Varargs extra = NONE;
        while (true) {
            int i = code[pc++];
            frame.pc = pc;
            int a = i >> 6 & 0xff;
            switch (i & 0x3f) {
                case Lua.OP_MOVE -> stack[a] = stack[i >>> 23];
                case Lua.OP_LOADK -> stack[a] = constants[i >>> 14];
                case Lua.OP_LOADKX -> stack[a] = constants[code[pc++] >>> 6];
                case Lua.OP_LOADBOOL -> {
                    stack[a] = i >>> 23 != 0 ? TRUE : FALSE;
                    if ((i >> 14 & 0x1ff) != 0) {
                        pc++;
                    }
                }
                case Lua.OP_LOADNIL -> Arrays.fill(stack, a, a + (i >>> 23) + 1, NIL);
                case Lua.OP_GETUPVAL -> stack[a] = cells[i >>> 23].get();
                case Lua.OP_GETTABUP -> stack[a] = index(cells[i >>> 23].get(), operand(i >> 14 & 0x1ff, stack, constants));
                case Lua.OP_GETTABLE -> stack[a] = index(stack[i >>> 23], operand(i >> 14 & 0x1ff, stack, constants));
                case Lua.OP_SETTABUP -> cells[a].get().set(operand(i >>> 23, stack, constants),
                        operand(i >> 14 & 0x1ff, stack, constants));
                case Lua.OP_SETUPVAL -> cells[i >>> 23].set(stack[a]);
                case Lua.OP_SETTABLE -> stack[a].set(operand(i >>> 23, stack, constants),
                        operand(i >> 14 & 0x1ff, stack, constants));
                case Lua.OP_NEWTABLE -> stack[a] = new LuaTable(size(i >>> 23), size(i >> 14 & 0x1ff));
                case Lua.OP_SELF -> {
                    LuaValue object = stack[i >>> 23];
                    stack[a + 1] = object;
                    stack[a] = index(object, operand(i >> 14 & 0x1ff, stack, constants));
                }
                case Lua.OP_ADD -> stack[a] = operand(i >>> 23, stack, constants)
                        .add(operand(i >> 14 & 0x1ff, stack, constants));
                case Lua.OP_SUB -> stack[a] = operand(i >>> 23, stack, constants)
                        .sub(operand(i >> 14 & 0x1ff, stack, constants));
                case Lua.OP_MUL -> stack[a] = operand(i >>> 23, stack, constants)
                        .mul(operand(i >> 14 & 0x1ff, stack, constants));
                case Lua.OP_DIV -> stack[a] = operand(i >>> 23, stack, constants)
                        .div(operand(i >> 14 & 0x1ff, stack, constants));
                case Lua.OP_MOD -> stack[a] = operand(i >>> 23, stack, constants)
                        .mod(operand(i >> 14 & 0x1ff, stack, constants));
                case Lua.OP_POW -> stack[a] = operand(i >>> 23, stack, constants)
                        .pow(operand(i >> 14 & 0x1ff, stack, constants));
                case Lua.OP_UNM -> stack[a] = stack[i >>> 23].neg();
                case Lua.OP_NOT -> stack[a] = stack[i >>> 23].toboolean() ? FALSE : TRUE;
                case Lua.OP_LEN -> stack[a] = stack[i >>> 23].len();
                case Lua.OP_CONCAT -> stack[a] = Concatenation.of(engine, stack, i >>> 23, i >> 14 & 0x1ff);
                case Lua.OP_JMP -> {
                    int distance = (i >>> 14) - SIGNED_BIAS;
                    pc += distance;
                    if (a > 0) {
                        close(open, a - 1);
                    }
                    if (distance < 0) {
                        engine.count();
                    }
                }
                case Lua.OP_EQ -> {
                    if (operand(i >>> 23, stack, constants).eq_b(operand(i >> 14 & 0x1ff, stack, constants)) != (a != 0)) {
                        pc++;
                    }
                }
                case Lua.OP_LT -> {
                    if (operand(i >>> 23, stack, constants).lt_b(operand(i >> 14 & 0x1ff, stack, constants)) != (a != 0)) {
                        pc++;
                    }
                }
                case Lua.OP_LE -> {
                    if (operand(i >>> 23, stack, constants).lteq_b(operand(i >> 14 & 0x1ff, stack, constants))
                            != (a != 0)) {
                        pc++;
                    }
                }
                case Lua.OP_TEST -> {
                    if (stack[a].toboolean() != ((i >> 14 & 0x1ff) != 0)) {
                        pc++;
                    }
                }
                case Lua.OP_TESTSET -> {
                    LuaValue value = stack[i >>> 23];
                    if (value.toboolean() != ((i >> 14 & 0x1ff) != 0)) {
                        pc++;
                    } else {
                        stack[a] = value;
                    }
                }
                case Lua.OP_CALL -> {
                    engine.count();
                    LuaValue function = stack[a];
                    int given = i >>> 23;
                    int wanted = i >> 14 & 0x1ff;
                    if (wanted == 1 || wanted == 2) {
                        LuaValue result = switch (given) {
                            case 1 -> function.call();
                            case 2 -> function.call(stack[a + 1]);
                            case 3 -> function.call(stack[a + 1], stack[a + 2]);
                            default -> function.invoke(arguments(stack, a + 1, given, top, extra)).arg1();
                        };
                        if (wanted == 2) {
                            stack[a] = result;
                        }
                    } else {
                        extra = function.invoke(arguments(stack, a + 1, given, top, extra));
                        if (wanted == 0) {
                            top = a;
                        } else {
                            copy(extra, stack, a, wanted - 1);
                        }
                    }
                }
                case Lua.OP_TAILCALL -> {
                    engine.count();
                    Varargs arguments = arguments(stack, a + 1, i >>> 23, top, extra);
                    close(open, 0);
                    return stack[a].invoke(arguments);
                }
                case Lua.OP_RETURN -> {
                    int count = i >>> 23;
                    return switch (count) {
                        case 0 -> top <= a ? extra : LuaValue.varargsOf(stack, a, top - a, extra);
                        case 1 -> NONE;
                        case 2 -> stack[a];
                        default -> LuaValue.varargsOf(stack, a, count - 1);
                    };
                }
                case Lua.OP_FORLOOP -> {
                    if (advance(stack, a)) {
                        pc += (i >>> 14) - SIGNED_BIAS;
                        engine.count();
                    }
                }
                case Lua.OP_FORPREP -> {
                    LuaValue start = stack[a].checknumber("'for' initial value must be a number");
                    stack[a + 1] = stack[a + 1].checknumber("'for' limit must be a number");
                    stack[a + 2] = stack[a + 2].checknumber("'for' step must be a number");
                    stack[a] = start.sub(stack[a + 2]);
                    pc += (i >>> 14) - SIGNED_BIAS;
                }
                case Lua.OP_TFORCALL -> {
                    Varargs values = stack[a].invoke(LuaValue.varargsOf(stack[a + 1], stack[a + 2]));
                    copy(values, stack, a + 3, i >> 14 & 0x1ff);
                }
                case Lua.OP_TFORLOOP -> {
                    if (!stack[a + 1].isnil()) {
                        stack[a] = stack[a + 1];
                        pc += (i >>> 14) - SIGNED_BIAS;
                        engine.count();
                    }
                }
                case Lua.OP_SETLIST -> {
                    int batch = i >> 14 & 0x1ff;
                    if (batch == 0) {
                        batch = code[pc++] >>> 6;
                    }
                    setList(stack, a, i >>> 23, (batch - 1) * LIST_FLUSH, top, extra);
                }
                case Lua.OP_CLOSURE -> stack[a] = inner(prototype.p[i >>> 14], stack, open);
                case Lua.OP_VARARG -> {
                    int count = i >>> 23;
                    if (count == 0) {
                        top = a;
                        extra = varargs;
                    } else {
                        copy(varargs, stack, a, count - 1);
                    }
                }
                default -> throw new LuaError("unknown instruction " + (i & 0x3f));
            }
        }
    }

    private static LuaValue operand(int index, LuaValue[] stack, LuaValue[] constants) {
        return index >= CONSTANT ? constants[index & 0xff] : stack[index];
    }

    private LuaValue index(LuaValue object, LuaValue key) {
        return object instanceof LuaString ? engine.strings().get(key) : object.get(key);
    }

    private static int size(int coded) {
        return coded < 8 ? coded : (coded & 7) + 8 << (coded >> 3) - 1;
    }

    private static Varargs arguments(LuaValue[] stack, int from, int given, int top, Varargs extra) {
        return switch (given) {
            case 0 -> top <= from ? extra : LuaValue.varargsOf(Arrays.copyOfRange(stack, from, top), extra);
            case 1 -> NONE;
            case 2 -> stack[from];
            case 3 -> LuaValue.varargsOf(stack[from], stack[from + 1]);
            default -> LuaValue.varargsOf(Arrays.copyOfRange(stack, from, from + given - 1));
        };
    }

    private static void copy(Varargs values, LuaValue[] stack, int to, int count) {
        for (int j = 0; j < count; j++) {
            stack[to + j] = values.arg(j + 1);
        }
    }

    private static boolean advance(LuaValue[] stack, int a) {
        LuaValue step = stack[a + 2];
        LuaValue limit = stack[a + 1];
        LuaValue next = stack[a].add(step);
        boolean goesOn;
        if (next instanceof LuaInteger && step instanceof LuaInteger && limit instanceof LuaInteger) {
            goesOn = step.toint() > 0 ? next.toint() <= limit.toint() : next.toint() >= limit.toint();
        } else {
            goesOn = step.todouble() > 0 ? next.todouble() <= limit.todouble() : next.todouble() >= limit.todouble();
        }
        if (goesOn) {
            stack[a] = next;
            stack[a + 3] = next;
        }
        return goesOn;
    }

    private static void setList(LuaValue[] stack, int a, int count, int offset, int top, Varargs extra) {
        LuaTable table = stack[a].checktable();
        int direct = count == 0 ? top - a - 1 : count;
        for (int j = 1; j <= direct; j++) {
            table.rawset(offset + j, stack[a + j]);
        }
        if (count == 0) {
            int more = extra.narg();
            for (int j = 1; j <= more; j++) {
                table.rawset(offset + direct + j, extra.arg(j));
            }
        }
    }

    private Closure inner(Prototype inner, LuaValue[] stack, Cell[] open) {
        Upvaldesc[] wanted = inner.upvalues;
        Cell[] seen = new Cell[wanted.length];
        for (int j = 0; j < seen.length; j++) {
            int index = wanted[j].idx;
            if (!wanted[j].instack) {
                seen[j] = cells[index];
            } else {
                if (open[index] == null) {
                    open[index] = new Cell(stack, index);
                }
                seen[j] = open[index];
            }
        }
        return new Closure(engine, inner, seen);
    }
}
