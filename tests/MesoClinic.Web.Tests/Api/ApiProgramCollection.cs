using Xunit;

namespace MesoClinic.Web.Tests.Api;

/// <summary>One clinic with one key, for all tests that only ask.</summary>
[CollectionDefinition(Name)]
public sealed class ApiProgramCollection : ICollectionFixture<ApiProgram>
{
    public const string Name = "A program that only asks";
}
