/**
 * Lua 5.1 as chisels were written for: LuaJ compiles and supplies values and tables, the rest is made here, because
 * LuaJ 3.0.1 speaks a mixture of 5.1 and 5.2, rounds numbers to seven digits and cannot be interrupted cheaply.
 * Scripts run in an {@link org.syscope.chisels.lua.LuaEngine} of their own, with instructions counted and memory bounded.
 * Nothing here knows of events, fields or chisels.
 */
package org.syscope.chisels.lua;
