// Made by package/make.mjs from package/elements.mjs.
"use client";
import { component } from "./component.js";

export const AproposApp = component("apropos-app", "AproposApp", {"endpoint":"endpoint","tokenUrl":"token-url","lang":"lang","theme":"theme","density":"density","hostName":"host-name"}, {"onReady":"apropos-ready","onError":"apropos-error","onOpen":"apropos-open"});
export const AproposPin = component("apropos-pin", "AproposPin", {"record":"record","field":"field","side":"side","label":"label","theme":"theme","density":"density"}, {"onOpen":"apropos-open"});
export const AproposBadge = component("apropos-badge", "AproposBadge", {"record":"record","theme":"theme","density":"density"}, {"onOpen":"apropos-open"});
export const AproposPanel = component("apropos-panel", "AproposPanel", {"record":"record","field":"field","thread":"thread","mode":"mode","open":"open","theme":"theme","density":"density"}, {"onClose":"apropos-close","onResize":"apropos-resize","onStarted":"apropos-started","onPosted":"apropos-posted","onResolved":"apropos-resolved","onAskAccess":"apropos-ask-access"});
export const AproposThread = component("apropos-thread", "AproposThread", {"thread":"thread","record":"record","field":"field","theme":"theme","density":"density"}, {"onStarted":"apropos-started","onPosted":"apropos-posted","onResolved":"apropos-resolved","onAskAccess":"apropos-ask-access"});
export const AproposInbox = component("apropos-inbox", "AproposInbox", {"view":"view","filter":"filter","theme":"theme","density":"density"}, {"onOpen":"apropos-open","onCount":"apropos-count"});
