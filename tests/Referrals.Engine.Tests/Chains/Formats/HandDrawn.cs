using System.Text;
using Referrals.Engine.Chains.Bpmn;
using Referrals.Engine.Chains.Formats;

namespace Referrals.Engine.Tests.Chains.Formats;

/// <summary>BPMN as people draw it in a modeler: figures with names, arrows, and nothing of ours.</summary>
internal static class HandDrawn
{
    /// <summary>A file with these elements in its process and these beside it.</summary>
    public static byte[] File(string process, string beside = "") => Encoding.UTF8.GetBytes($"""
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn">
          {beside}
          <bpmn:process id="Process_1" name="Wege in Arbeit" isExecutable="true" camunda:historyTimeToLive="180">
            {process}
          </bpmn:process>
        </bpmn:definitions>
        """);

    /// <summary>What reading it gives.</summary>
    public static ChainImport Read(string process, string beside = "", Func<string, OrganisationId?>? organisation = null) => BpmnReader.Read(File(process, beside), organisation);

    /// <summary>Arrows such as <c>a b</c>, <c>b c ja</c>: from, to and the words beside it.</summary>
    public static string Flows(params string[] flows) => string.Concat(flows.Select((flow, i) => flow.Split(' ', 3) is var part
        ? $"""<bpmn:sequenceFlow id="Flow_{i}" sourceRef="{part[0]}" targetRef="{part[1]}"{(part.Length > 2 ? $" name=\"{part[2]}\"" : "")} />"""
        : ""));

    /// <summary>Start s, end e, and tasks named by their ids and words.</summary>
    public static string Tasks(params string[] tasks) => """<bpmn:startEvent id="s" /><bpmn:endEvent id="e" />""" + string.Concat(tasks.Select(task => task.Split(' ', 2) is var part
        ? $"""<bpmn:userTask id="{part[0]}" name="{part[1]}" />"""
        : ""));

    public static string Gateways(string kind, params string[] gateways) => string.Concat(gateways.Select(gateway => gateway.Split(' ', 2) is var part
        ? $"""<bpmn:{kind}Gateway id="{part[0]}"{(part.Length > 1 ? $" name=\"{part[1]}\"" : "")} />"""
        : ""));
}
