// Made by package/make.mjs from package/elements.mjs.
"use client";
import { component } from "./component.js";

export const AproposApp = component("apropos-app", "AproposApp", {"endpoint":"endpoint","tokenUrl":"token-url","lang":"lang","theme":"theme","density":"density","hostName":"host-name","deepLinks":"deep-links"}, {"onReady":"apropos-ready","onError":"apropos-error","onOpen":"apropos-open"});
export const AproposPin = component("apropos-pin", "AproposPin", {"record":"record","field":"field","side":"side","label":"label","theme":"theme","density":"density"}, {"onOpen":"apropos-open"});
export const AproposBadge = component("apropos-badge", "AproposBadge", {"record":"record","theme":"theme","density":"density"}, {"onOpen":"apropos-open"});
export const AproposPanel = component("apropos-panel", "AproposPanel", {"record":"record","field":"field","thread":"thread","mode":"mode","open":"open","theme":"theme","density":"density"}, {"onClose":"apropos-close","onResize":"apropos-resize","onStarted":"apropos-started","onPosted":"apropos-posted","onResolved":"apropos-resolved","onAskAccess":"apropos-ask-access"});
export const AproposThread = component("apropos-thread", "AproposThread", {"thread":"thread","record":"record","field":"field","theme":"theme","density":"density"}, {"onStarted":"apropos-started","onPosted":"apropos-posted","onResolved":"apropos-resolved","onAskAccess":"apropos-ask-access"});
export const AproposComposer = component("apropos-composer", "AproposComposer", {"thread":"thread","record":"record","field":"field","theme":"theme","density":"density"}, {"onPosted":"apropos-posted","onStarted":"apropos-started","onAskAccess":"apropos-ask-access"});
export const AproposStart = component("apropos-start", "AproposStart", {"record":"record","field":"field","template":"template","theme":"theme","density":"density"}, {"onStarted":"apropos-started","onPosted":"apropos-posted","onOpen":"apropos-open","onAskAccess":"apropos-ask-access"});
export const AproposValue = component("apropos-value", "AproposValue", {"record":"record","field":"field","theme":"theme","density":"density"}, {"onAskAccess":"apropos-ask-access"});
export const AproposPeople = component("apropos-people", "AproposPeople", {"record":"record","field":"field","limit":"limit","theme":"theme","density":"density"}, {"onAsked":"apropos-asked","onPosted":"apropos-posted","onStarted":"apropos-started","onAskAccess":"apropos-ask-access"});
export const AproposInbox = component("apropos-inbox", "AproposInbox", {"view":"view","filter":"filter","theme":"theme","density":"density"}, {"onOpen":"apropos-open","onCount":"apropos-count"});
