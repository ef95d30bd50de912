using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using MesoClinic.Rules;

namespace MesoClinic.Application;

/// <summary>What came of a request: a value, or an expected refusal. Exceptions mean bugs and outages.</summary>
public sealed class Outcome<T> : IOutcome<Outcome<T>>
{
    [JsonConstructor]
    private Outcome(T? value) => Value = value;

    private Outcome(Failure failure) => Failure = failure;

    [JsonInclude]
    public T? Value { get; }

    [JsonIgnore]
    public Failure? Failure { get; }

    [JsonIgnore]
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Succeeded => Failure is null;

    public static Outcome<T> Refuse(Failure failure) => new(failure);

    public static implicit operator Outcome<T>(T value) => new(value);

    public static implicit operator Outcome<T>(Failure failure) => new(failure);
}

/// <summary>Lets the pipeline refuse any request without reflection.</summary>
public interface IOutcome<TSelf>
    where TSelf : IOutcome<TSelf>
{
    Failure? Failure { get; }

    static abstract TSelf Refuse(Failure failure);
}

/// <summary>The closed list of expected refusals.</summary>
public abstract record Failure
{
    private Failure()
    {
    }

    /// <summary>Bad input: messages by property path of the command; "" is the whole form.</summary>
    public sealed record Invalid(IReadOnlyDictionary<string, string[]> Errors) : Failure
    {
        public Invalid(string path, string message)
            : this(new Dictionary<string, string[]>(StringComparer.Ordinal) { [path] = [message] })
        {
        }
    }

    /// <summary>Missing, or not for this person: from outside both look alike.</summary>
    public sealed record NotFound : Failure;

    /// <summary>This person may not do this at all.</summary>
    public sealed record Forbidden : Failure;

    /// <summary>The patient is known to the desk, but the chart opens only with a reason, which is said on the patient's page.</summary>
    public sealed record ReasonNeeded(Guid PatientId) : Failure;

    /// <summary>The world has moved on: a slot just taken, a lot used up, an appointment already cancelled.</summary>
    public sealed record Conflict(string Message) : Failure;

    /// <summary>Somebody else saved this record meanwhile; show both versions.</summary>
    public sealed record Stale : Failure;

    /// <summary>The rule book does not permit it. The assessment is kept.</summary>
    public sealed record Contraindicated(Assessment Assessment) : Failure;

    /// <summary>A name for logs and the audit trail; never any content.</summary>
    public string Kind => GetType().Name;
}

/// <summary>The value of a command that has nothing to tell but that it is done.</summary>
public readonly record struct Done;
