namespace MesoClinic.Domain;

/// <summary>A record that two people may edit at once: a save against an older version is refused, and both versions are shown.</summary>
public interface IVersioned
{
    /// <summary>Changes with every save; set by the data layer, never by hand.</summary>
    Guid Version { get; set; }
}
