package io.initload.simulator.auth;

/**
 * A user who can log in.
 *
 * @param id record id, 18 characters
 * @param name full name
 */
public record OrgUser(String id, String username, String name, String email) {}
