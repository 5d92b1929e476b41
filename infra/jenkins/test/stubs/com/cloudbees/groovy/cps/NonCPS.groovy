package com.cloudbees.groovy.cps

/** In place of Jenkins's own, which only Jenkins's compiler reads. */
@interface NonCPS {}
