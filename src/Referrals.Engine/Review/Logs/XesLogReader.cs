using System.Globalization;
using System.Xml;

namespace Referrals.Engine.Review.Logs;

/// <summary>
/// Reads XES, IEEE 1849-2016, as a stream. Only what is known of traces and events is taken, and only from their own attributes: nested ones, lists and
/// extensions are passed over. A global default holds where a text is missing; the placeholders of tools and default dates are no values.
/// </summary>
internal sealed class XesLogReader(LogOptions options, CancellationToken ct)
{
    private const int LevelOfTraces = 1;
    private const int LevelInTrace = 2;
    private const int LevelInEvent = 3;

    private readonly EventLogBuilder _log = new(options.Limits);
    private readonly WarningCounter _warnings = new();
    private readonly LogTimes _times = options.Times;
    private readonly XesKeys _keys = new(options);
    private readonly Dictionary<LogColumn, string> _trace = [];
    private readonly Dictionary<LogColumn, string> _event = [];
    private readonly Dictionary<LogColumn, string> _traceDefaults = [];
    private readonly Dictionary<LogColumn, string> _eventDefaults = [];

    private Dictionary<LogColumn, string>? _defaults;
    private int _case = EventLog.None;
    private bool _inEvent;

    public LogReading Read(Stream content)
    {
        // Invalid characters are let through and become spaces; real logs have them.
        using var xml = XmlReader.Create(content, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CheckCharacters = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        });
        var line = (IXmlLineInfo)xml;
        try
        {
            while (xml.Read())
            {
                Node(xml, line);
            }
        }
        catch (LogFormatException e)
        {
            throw e.In(Math.Max(1, line.LineNumber));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new LogFormatException(Math.Max(1, line.LineNumber), "The XML can't be read.", e) { Code = "xml" };
        }

        _warnings.Add("trace-without-event", count: _log.Empty);
        _warnings.Add("trace-without-name", count: _log.Unnamed);
        _warnings.Add("trace-renamed", count: _log.Renamed);
        return new LogReading(Build(), LogFormat.Xes, _warnings.All, []);
    }

    private EventLog Build()
    {
        try
        {
            return _log.Build();
        }
        catch (LogFormatException e) when (_warnings.All is [var first, ..])
        {
            throw new LogFormatException($"{e.Message} {first.Text}", e) { Code = "no-event", Values = [first.Code!] };
        }
    }

    private void Node(XmlReader xml, IXmlLineInfo line)
    {
        if (xml.NodeType == XmlNodeType.Element)
        {
            if (xml.Depth > options.Limits.Depth)
            {
                throw new LogFormatException(string.Create(CultureInfo.InvariantCulture, $"Elements are nested more than {options.Limits.Depth} deep.")) { Code = "nesting", Values = [LogFormatException.Number(options.Limits.Depth)] };
            }

            Begin(xml, line);
            if (xml.IsEmptyElement)
            {
                End(xml.Depth, xml.LocalName, line);
            }
        }
        else if (xml.NodeType == XmlNodeType.EndElement)
        {
            End(xml.Depth, xml.LocalName, line);
        }
    }

    private void Begin(XmlReader xml, IXmlLineInfo line)
    {
        switch (xml.Depth, xml.LocalName)
        {
            case (0, var root):
                Root(xml, root, line);
                break;
            case (LevelOfTraces, "trace"):
                ct.ThrowIfCancellationRequested();
                _case = _log.New();
                _trace.Clear();
                break;
            case (LevelOfTraces, "event"):
                _warnings.Add("event-without-trace", line.LineNumber);
                break;
            case (LevelOfTraces, "global"):
                _defaults = xml.GetAttribute("scope") switch { "trace" => _traceDefaults, "event" => _eventDefaults, _ => null };
                break;
            case (LevelOfTraces, "classifier"):
                _keys.Classifier(xml.GetAttribute("scope"), xml.GetAttribute("keys"));
                break;
            case (LevelInTrace, "event") when _case != EventLog.None:
                _inEvent = true;
                _event.Clear();
                _keys.Forget();
                break;
            case (LevelInTrace, _) when _defaults is not null:
                Take(xml, ofEvent: _defaults == _eventDefaults, _defaults);
                break;
            case (LevelInTrace, _) when _case != EventLog.None:
                Take(xml, ofEvent: false, _trace);
                break;
            case (LevelInEvent, _) when _inEvent:
                Take(xml, ofEvent: true, _event);
                break;
        }
    }

    private void Root(XmlReader xml, string root, IXmlLineInfo line)
    {
        if (root != "log")
        {
            throw new LogFormatException("The XML is no XES: its root element is not log.") { Code = "no-xes" };
        }

        if (!decimal.TryParse(xml.GetAttribute("xes.version"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
        {
            _warnings.Add("xes-version", line.LineNumber);
        }
    }

    private void Take(XmlReader xml, bool ofEvent, Dictionary<LogColumn, string> into)
    {
        if (xml.GetAttribute("key") is not { } key)
        {
            return;
        }

        if (_keys.Column(key, ofEvent) is { } column)
        {
            into[column] = xml.GetAttribute("value") ?? "";
        }

        if (into == _event)
        {
            _keys.Remember(key, xml);
        }
    }

    private void End(int depth, string name, IXmlLineInfo line)
    {
        switch (depth, name)
        {
            case (LevelOfTraces, "global"):
                _defaults = null;
                break;
            case (LevelInTrace, "event") when _inEvent:
                _inEvent = false;
                Add(line.LineNumber);
                break;
            case (LevelOfTraces, "trace") when _case != EventLog.None:
                _log.Name(_case, Text(_trace, _traceDefaults, LogColumn.Case));
                _log.Dates(_case, Date(LogColumn.Start, line), Date(LogColumn.End, line), Date(LogColumn.Deadline, line));
                _case = EventLog.None;
                break;
        }
    }

    private void Add(int line)
    {
        if (!_event.TryGetValue(LogColumn.Time, out var time) || time.Length == 0)
        {
            _warnings.Add("event-without-time", line);
            return;
        }

        if (!_times.TryRead(time, out var at))
        {
            _warnings.Add("event-time", line);
            return;
        }

        var activity = Text(_event, _eventDefaults, LogColumn.Activity);
        if (string.IsNullOrWhiteSpace(activity) && _keys.Classified is { } classified)
        {
            activity = classified;
            _warnings.Add("event-without-name", line);
        }

        if (!_log.Add(
            _case, at, activity, Text(_event, _eventDefaults, LogColumn.Resource), Text(_event, _eventDefaults, LogColumn.Group),
            Text(_event, _eventDefaults, LogColumn.Transition), Text(_event, _eventDefaults, LogColumn.Instance)))
        {
            _warnings.Add("event-without-activity", line);
        }
    }

    private static string? Text(Dictionary<LogColumn, string> own, Dictionary<LogColumn, string> defaults, LogColumn column) =>
        own.TryGetValue(column, out var value) ? value
        : defaults.GetValueOrDefault(column) is { } preset && preset is not ("UNKNOWN" or "__INVALID__") ? preset
        : null;

    private DateTime? Date(LogColumn column, IXmlLineInfo line)
    {
        if (!_trace.TryGetValue(column, out var text) || text.Length == 0)
        {
            return null;
        }

        if (_times.TryRead(text, out var at))
        {
            return at;
        }

        _warnings.Add("trace-date", line.LineNumber);
        return null;
    }
}
