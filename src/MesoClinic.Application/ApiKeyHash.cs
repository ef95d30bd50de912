using MesoClinic.Rules;

namespace MesoClinic.Application;

/// <summary>API keys are stored as SHA-256: they are long and random, so a slow hash would only slow the endpoint down.</summary>
public static class ApiKeyHash
{
    public static string Of(string key) => ContentHash.Hex(key);
}
