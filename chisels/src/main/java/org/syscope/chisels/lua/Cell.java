package org.syscope.chisels.lua;

import org.luaj.vm2.LuaValue;

/** A variable that inner functions see: a register while its function runs, a place of its own afterwards. */
final class Cell {
    private LuaValue[] registers;
    private int index;

    Cell(LuaValue[] registers, int index) {
        this.registers = registers;
        this.index = index;
    }

    /** A variable that belongs to no running function. */
    static Cell of(LuaValue value) {
        return new Cell(new LuaValue[]{value}, 0);
    }

    LuaValue get() {
        return registers[index];
    }

    void set(LuaValue value) {
        registers[index] = value;
    }

    /** Moves the variable out of the registers. */
    void close() {
        registers = new LuaValue[]{registers[index]};
        index = 0;
    }
}
